import * as z from 'zod';
import {detections} from '../../../analysis/audit-log/all-rules.ts';
import {gravityOf} from '../../../analysis/audit-log/threats.ts';
import {wildcard} from '../../../analysis/exceptions/exception.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {unseenFinding} from '../../../core/unchecked.ts';
import type {AuditPorts} from '../../../mcp/security/audit-log/port.ts';
import {momentText, namespaceInput, periodOf} from '../../../mcp/security/model/moment.ts';
import type {ThreatPorts} from '../audit/audit-settings.ts';
import {readThreats} from '../audit/read-threats.ts';
import {threatFinding, threatsSchema, threatsText, toldThreat} from '../audit/threats-output.ts';

const input = z.object({
	since: momentText.optional().describe('How long ago, or when it began; all of the log if left out'),
	until: momentText.optional().describe('When it ended'),
	least: z.enum(['low', 'medium', 'high', 'critical']).default('medium').describe('Least severity to show'),
	actor: checkedText(300, /^[^\p{Cc}]+$/u, 'expected a name')
		.optional()
		.describe('Name of a user; * stands for any letters'),
	namespace: namespaceInput,
	limit: z.number().int().positive().max(500).default(20).describe('Threats to show, the gravest first'),
});

export const threatDetect = readTool({
	name: 'threat_detect',
	summary:
		'Detects threats in a Kubernetes audit log: exec, escalation, stolen tokens, secret sweeps, breakouts, by actor and target, with ATT&CK techniques, evidence and remedies',
	effect: 'read',
	needsCluster: () => false,
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'threats'],
	positionals: [],
	input,
	output: threatsSchema,
	findings: ({threats, notChecked}) => [...threats.map(threatFinding), ...notChecked.map(unseenFinding)],
	text: threatsText,

	async run({since, until, least, actor, namespace, limit}, context: Context<AuditPorts & ThreatPorts>) {
		const {source, events, fromMs, toMs, threats, excepted, notChecked} = await readThreats(
			periodOf({since, until}, context.clock.now()),
			context,
		);
		const isActor = wildcard(actor ?? '*');
		const asked = threats.filter(each => isActor.test(each.actor) && (namespace === undefined || each.namespace === namespace));
		const grave = asked.filter(({severity}) => gravityOf(severity) >= gravityOf(least));
		const countOf = (severity: string) => asked.filter(each => each.severity === severity).length;
		const blind = new Set(notChecked.map(({what}) => what));
		return {
			...(source === undefined ? {} : {source}),
			events,
			...(fromMs === undefined || toMs === undefined ? {} : {from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString()}),
			threats: grave.slice(0, limit).map(toldThreat),
			counts: {critical: countOf('critical'), high: countOf('high'), medium: countOf('medium'), low: countOf('low')},
			leftOut: asked.length - Math.min(grave.length, limit),
			excepted,
			detections: fromMs === undefined ? 0 : [...detections.keys()].filter(id => !blind.has(id) && !/-(?:made|deleted)$/.test(id)).length,
			notChecked: [...notChecked],
		};
	},
});
