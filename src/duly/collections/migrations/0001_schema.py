from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("matching", "0001_schema")]
    operations = [sql_file("duly.collections", "0001_schema.sql")]
