import * as z from 'zod';
import {type Context, readTool} from '../../../core/tool.ts';
import type {ReportPorts} from '../ports.ts';
import {readJournal} from '../reading/read-journal.ts';
import {incidentField, namespaceField} from '../recovery/find-incident.ts';
import {makeReport} from '../report/make-report.ts';
import {reportFormats, reportSchema} from '../report/report-output.ts';
import {reportSubject} from '../report/report-subject.ts';
import {reportText} from '../report/report-text.ts';

export const incidentReport = readTool({
	name: 'incident_report',
	summary: 'Writes the report of an incident: timeline, impact, cause, what was done, times, what would prevent it',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'report'],
	positionals: ['incident'],
	input: z.object({
		incident: incidentField('or the run that mended it; the gravest or last mended if left out'),
		namespace: namespaceField,
		format: z.enum(reportFormats).default('text').describe('Layout'),
	}),
	output: z.object({format: z.enum(reportFormats), report: reportSchema}),
	text: reportText,

	async run({incident: asked, namespace, format}, context: Context<ReportPorts>) {
		const {ports, emit, clock} = context;
		emit({kind: 'progress', text: 'Looking at the cluster and the journal'});
		const [target, history] = await Promise.all([ports.cluster.target(undefined), readJournal(ports.cluster, ports.journal)]);
		const subject = await reportSubject(asked, namespace, {history, context});
		return {format, report: {context: target.context, madeAt: new Date(clock.now()).toISOString(), ...makeReport(subject, history)}};
	},
});
