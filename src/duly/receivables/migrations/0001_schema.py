from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("ledger", "0001_schema")]
    operations = [sql_file("duly.receivables", "0001_schema.sql")]
