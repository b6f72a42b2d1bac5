import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {designInput} from '../alerts/design/design-input.ts';
import {designFindings, designSchema, designText, toldDesign} from '../alerts/design/design-output.ts';
import {documentFormats, documentOf} from '../alerts/design/documents.ts';
import {makeDesign} from '../alerts/design/make-design.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = designInput
	.extend({
		format: z.enum(documentFormats).optional().describe('File to write instead of what is known of the rules'),
		folder: checkedText(200, /\S/, 'expected a title').optional().describe('Folder of Grafana'),
	})
	.meta({examples: ['mkcoa monitor rules errors web --above 2', 'mkcoa monitor rules slo web --objective 99.9 --format rule-file']});
type Input = z.output<typeof input>;

export const alertRulesGenerate = readTool({
	name: 'alert_rules_generate',
	summary:
		'Designs alert rules for a workload, an objective or a query: lints, unit tests of its own series, rules that say the same, and how often they would have fired; changes nothing',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'rules'],
	positionals: ['kind', 'target'],
	input,
	output: designSchema,
	findings: designFindings,
	text: designText,

	async run({format, folder, ...asked}: Input, context: Context<MonitoringPorts>) {
		const {ports} = context;
		const [{context: name}, design] = await Promise.all([ports.cluster.target(asked.namespace), makeDesign(asked, context)]);
		const told = toldDesign(design, name);
		if (format === undefined) return told;
		const {text, notChecked} = await documentOf(design, {format, namespace: asked.namespace, folder}, ports);
		return {...told, document: {format, text}, notChecked: [...told.notChecked, ...notChecked]};
	},
});
