from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    dependencies = [("receivables", "0001_schema")]
    operations = [sql_file("duly.receivables", "0002_reference_schemes.sql")]
