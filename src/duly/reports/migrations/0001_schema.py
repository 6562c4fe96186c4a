from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("commercial", "0001_schema")]
    operations = [sql_file("duly.reports", "0001_schema.sql")]
