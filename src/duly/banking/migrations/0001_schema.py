from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("payments", "0001_schema")]
    operations = [sql_file("duly.banking", "0001_schema.sql")]
