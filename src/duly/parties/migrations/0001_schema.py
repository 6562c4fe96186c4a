from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_schema")]
    operations = [sql_file("duly.parties", "0001_schema.sql")]
