from django.db import migrations, models

from duly.kernel.schema import sql_file


class Migration(migrations.Migration):
    initial = True
    dependencies = [("events", "0001_schema")]
    operations = [
        sql_file("duly.access", "0001_schema.sql"),
        # The table is made by the SQL above; Django only needs to know the user model's shape.
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("email", models.TextField()),
                ("name", models.TextField()),
                ("password", models.TextField()),
                ("last_login", models.DateTimeField(null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("language", models.CharField(max_length=2, default="en")),
                ("settings", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "access_user", "managed": False},
        ),
    ]
