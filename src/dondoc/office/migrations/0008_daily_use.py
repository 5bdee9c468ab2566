"""Duties in daily use: named persons, products, stages, progress by period, the ladder of urging, notices, saved lists."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dondoc.office.migrations._append_only import guard


class Migration(migrations.Migration):

    dependencies = [
        ('office', '0007_received_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyAssignee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('note', models.TextField(blank=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignees', to='office.duty')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='office.person')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.dutyassignee')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='dutyassignee_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='AssigneeAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('taken_on', 'taken on'), ('sent_back', 'sent back')], max_length=10)),
                ('answered_on', models.DateField()),
                ('reason', models.TextField(blank=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('assignee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='office.dutyassignee')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'taken_on'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='assigneeanswer_sent_back_says_why')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.agency')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ClauseRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('reason', models.TextField()),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='office.clause')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.clauserelease')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='clauserelease_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputy_for', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.deputy')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='deputy_period_runs_forward'), models.CheckConstraint(condition=models.Q(('user', models.F('deputy')), _negated=True), name='deputy_is_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='LadderStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('key', models.SlugField(max_length=40)),
                ('label', models.CharField(max_length=120)),
                ('what', models.CharField(help_text='reminder, urge, explanation, agenda, or upward', max_length=12)),
                ('urge_kind', models.SlugField(blank=True, max_length=40)),
                ('after_days', models.SmallIntegerField(help_text='working days after the due day; less than nought: before it')),
                ('answer_days', models.PositiveSmallIntegerField(help_text='working days in which an answer is expected', null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.ladderstep')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='ladderstep_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='LastLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('looked_at', models.DateTimeField()),
                ('before_at', models.DateTimeField(help_text='the look before that one, of an earlier visit', null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'user'), name='lastlook_one_each')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('url', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.duty')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'office', '-made_at'], name='notice_latest_first')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('waiting', 'waiting to be sent'), ('sent', 'sent'), ('failed', 'failed'), ('not_needed', 'not needed any more')], default='waiting', max_length=10)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notices', models.ManyToManyField(related_name='mails', to='office.notice')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mail', models.CharField(choices=[('at_once', 'each at once'), ('digest', 'once a day, together'), ('never', 'no mail')], default='digest', max_length=10)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_wishes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'user'), name='noticewish_one_each')],
            },
        ),
        migrations.CreateModel(
            name='OfficeParameter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('effective_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('backfilled', models.BooleanField(default=False, help_text='effective_on is only the latest day it can have begun')),
                ('key', models.SlugField(max_length=60)),
                ('value', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='office.officeparameter')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__isnull', True), ('until_on__gte', models.F('effective_on')), _connector='OR'), name='officeparameter_period_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('kind', models.SlugField(help_text='month, quarter, half, year, or free', max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('begins_on', models.DateField()),
                ('until_on', models.DateField(help_text='the first day after the window of data')),
                ('cut_off_on', models.DateField(help_text='the last day on which a report is taken in without being late entry')),
                ('due_on', models.DateField(help_text='the last day for agencies whose level has no day of its own')),
                ('opened_on', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.office')),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='office.programme')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('begins_on'))), name='period_runs_over_some_days'), models.CheckConstraint(condition=models.Q(('cut_off_on__gte', models.F('due_on'))), name='period_cut_off_not_before_due'), models.UniqueConstraint(fields=('office', 'programme', 'begins_on', 'until_on'), name='period_one_window_each', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PeriodDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('level', models.CharField(choices=[('central', 'Central'), ('province', 'Province or city'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune or ward')], max_length=10)),
                ('due_on', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='office.period')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'level'), name='perioddue_one_each_level')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('number', models.CharField(max_length=120)),
                ('issued_on', models.DateField()),
                ('title', models.TextField(blank=True)),
                ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='product', to='office.change')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='office.duty')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='office.period')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'duty'), name='progress_once_a_period')],
            },
        ),
        migrations.CreateModel(
            name='ProgressStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('submitted', 'submitted'), ('returned', 'returned'), ('accepted', 'approved')], max_length=10)),
                ('on', models.DateField()),
                ('nothing_new', models.BooleanField(default=False, help_text='the agency says that nothing happened in the period')),
                ('result', models.TextField(blank=True)),
                ('share', models.PositiveSmallIntegerField(help_text='how much is done, in percent, as the agency says', null=True)),
                ('difficulties', models.TextField(blank=True)),
                ('next_steps', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True, help_text='why it was given back')),
                ('on_behalf', models.BooleanField(default=False, help_text='entered by the office from a paper')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.original')),
                ('progress', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='office.progress')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('progress', 'number'), name='progressstep_numbered'), models.CheckConstraint(condition=models.Q(('share__isnull', True), ('share__lte', 100), _connector='OR'), name='progressstep_share_is_percent'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'submitted'), _negated=True), ('nothing_new', True), models.Q(('result', ''), _negated=True), _connector='OR'), name='progressstep_submitted_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='progressstep_returned_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('step', models.SlugField(max_length=40)),
                ('on', models.DateField()),
                ('due_on', models.DateField(help_text='the due day that it spoke of')),
                ('text', models.TextField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='office.agency')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='office.duty')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('duty', 'on'), name='reminder_one_a_day'), models.UniqueConstraint(fields=('duty', 'step', 'due_on'), name='reminder_one_each_step')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('query', models.CharField(max_length=2000)),
                ('is_shared', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='office.office')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'user', 'name'), name='savedview_one_name_each')],
            },
        ),
        migrations.CreateModel(
            name='TaskClauseEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('ended_on', models.DateField()),
                ('reason', models.TextField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('tie', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='office.taskclause')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UrgeAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('answered_on', models.DateField()),
                ('text', models.TextField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.original')),
                ('urge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='office.urge')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('urge', 'number'), name='urgeanswer_numbered')],
            },
        ),
        migrations.CreateModel(
            name='UrgeReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField()),
                ('received_on', models.DateField()),
                ('received_by', models.CharField(blank=True, max_length=200)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='office.logentry')),
                ('urge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='office.urge')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='occurs_on',
            field=models.DateField(help_text='the day by which this occurrence falls due', null=True),
        ),
        migrations.AddField(
            model_name='duty',
            name='series',
            field=models.ForeignKey(help_text='the recurring duty it is of', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='office.duty'),
        ),
        migrations.AddField(
            model_name='duty',
            name='stage',
            field=models.CharField(blank=True, help_text='the named stage of the product that this agency owes, in its order', max_length=120),
        ),
        migrations.AddField(
            model_name='dutybearer',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='succession',
            name='basis_words',
            field=models.CharField(blank=True, help_text='its number, where it is not in the register', max_length=300),
        ),
        migrations.AddField(
            model_name='urge',
            name='step',
            field=models.SlugField(blank=True, help_text='the step of the ladder that it carries out', max_length=40),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(fields=('series', 'occurs_on'), name='duty_one_occurrence_a_day'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('occurs_on__isnull', True), ('series__isnull', True)), models.Q(('occurs_on__isnull', False), ('series__isnull', False)), _connector='OR'), name='duty_occurrence_has_its_day'),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
