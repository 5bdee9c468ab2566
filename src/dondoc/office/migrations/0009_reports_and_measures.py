"""Measures, scales, frames, reports in the making, and the further forms of what was issued."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0008_daily_use'),
    ]

    operations = [
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.frame')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='frame_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='Compilation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('report', models.SlugField(help_text='the key of the template', max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('scope', models.JSONField(default=dict)),
                ('as_of', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.period')),
                ('frame', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.frame')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CompilationSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('key', models.SlugField(max_length=40)),
                ('order', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(blank=True, max_length=300)),
                ('left_out', models.BooleanField(default=False)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='office.compilation')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.compilationsection')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IssuedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('form', models.SlugField(max_length=10)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('issued', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='office.issued')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issued', 'form'), name='issuedfile_one_form_each')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('sentence', models.TextField()),
                ('counts', models.JSONField(default=list)),
                ('out_of', models.JSONField(default=list)),
                ('only_due', models.BooleanField(default=False)),
                ('basis_words', models.CharField(blank=True, help_text='a basis that is not in the register', max_length=300)),
                ('basis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.document')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.measure')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='measure_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('section', models.SlugField(max_length=40)),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True)),
                ('compilation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='office.compilation')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.passage')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.progressstep')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Scale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('sentence', models.TextField()),
                ('basis_words', models.CharField(blank=True, help_text='a basis that is not in the register', max_length=300)),
                ('basis', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.document')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.scale')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='scale_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='ScaleCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('order', models.PositiveSmallIntegerField()),
                ('measure', models.SlugField(help_text='the key of a measure', max_length=40)),
                ('points', models.DecimalField(decimal_places=2, max_digits=6)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='office.scale')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scale', 'order'), name='scalecriterion_one_place_each'), models.UniqueConstraint(fields=('scale', 'measure'), name='scalecriterion_one_measure_each')],
            },
        ),
        migrations.CreateModel(
            name='ScaleBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('from_value', models.DecimalField(decimal_places=2, max_digits=7)),
                ('below', models.DecimalField(decimal_places=2, help_text='empty: up to the end', max_digits=7, null=True)),
                ('points', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('per_value', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('label', models.CharField(blank=True, max_length=200)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bands', to='office.scale')),
                ('criterion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bands', to='office.scalecriterion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('below__isnull', True), ('below__gt', models.F('from_value')), _connector='OR'), name='scaleband_runs_upward'), models.CheckConstraint(condition=models.Q(models.Q(('criterion__isnull', False), ('points__isnull', False)), models.Q(('criterion__isnull', True), ('label__gt', ''), ('points__isnull', True)), _connector='OR'), name='scaleband_brings_points_or_is_a_grade')],
            },
        ),
        migrations.AddField(
            model_name='issued',
            name='compilation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='office.compilation'),
        ),
        migrations.AddField(
            model_name='issued',
            name='frame',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.frame'),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
