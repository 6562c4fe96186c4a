from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_functions")]
    operations = [sql_file("duly.events", "0001_schema.sql")]
