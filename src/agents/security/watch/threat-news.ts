import {detections} from '../../../analysis/audit-log/all-rules.ts';
import {tactics} from '../../../analysis/audit-log/rule.ts';
import type {Hit} from '../../../analysis/audit-log/threat-judge.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';

/** One threat as programs read it: a line of JSON. Who, what, on what, from where. */
export type ThreatNews = {
	readonly kind: 'threat';
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly severity: Hit['severity'];
	readonly detection: string;
	readonly title: string;
	readonly actor: string;
	readonly source: string;
	readonly program: string;
	readonly verb: string;
	readonly target: string;
	readonly outcome: Hit['outcome'];
	readonly detail: string;
	/** MITRE ATT&CK: tactic and technique. */
	readonly attack: readonly string[];
	readonly remedy: string;
	readonly auditId: string;
	/** How often it came since it was told last. */
	readonly repeated: number;
};

const mostLetters = 200;

export function threatNews(hit: Hit, repeated: number): ThreatNews {
	const told = detections.get(hit.detection);
	const plain = (text: string) => plainLine(text, mostLetters);
	return {
		...{kind: 'threat', at: new Date(hit.atMs).toISOString(), severity: hit.severity, detection: hit.detection, title: told?.title ?? ''},
		...{actor: plain(hit.actor), source: hit.source, program: plain(hit.userAgent), verb: hit.verb, target: plain(hit.target)},
		...{outcome: hit.outcome, detail: plain(hit.detail), auditId: hit.auditId, repeated, remedy: told?.remedy ?? ''},
		attack: (told?.attack ?? []).map(({tactic, technique}) => `${tactics[tactic]}/${technique}`),
	};
}

/** `high ada from 10.0.0.7: Ran a command in a pod, or attached to it (exec-in-pod) create pods/exec shop/web-1: …` */
export function threatText({severity, actor, source, title, detection, verb, target, detail, outcome, repeated}: ThreatNews): string {
	const vain = outcome === 'done' ? '' : `, ${outcome}`;
	const again = repeated === 0 ? '' : ` (${count(repeated, 'time')} more since it was told)`;
	return oneLine(
		`${severity} ${actor || 'nobody'} from ${source || 'nowhere'}: ${title} (${detection}): ${verb} ${target}${vain}: ${detail}${again}`,
	);
}
