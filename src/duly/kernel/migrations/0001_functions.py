from django.db import migrations

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    operations = [sql_file("duly.kernel", "0001_functions.sql")]
