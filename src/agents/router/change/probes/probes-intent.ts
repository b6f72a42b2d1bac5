import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {numberOf} from '../../words/number-words.ts';
import {withoutTold} from '../../words/reasons.ts';
import {removes} from '../../words/removal.ts';
import {type Asking, type Question, question} from '../asking.ts';
import type {Container} from '../containers.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {plainText, withoutWhatStays} from '../plain-text.ts';
import {podKinds} from '../targets.ts';
import {isRemoval, portIn, probeChange, probeKinds, probeParts} from './probe-words.ts';
import {type ProbeChange, type ProbeKind, withProbe} from './set-probe.ts';

/** The port of a container that has one alone, or calls one `http`. */
function solePort({spec}: Container): string | number | undefined {
	const ports = listAt(spec, 'ports');
	const port = ports.length === 1 ? ports[0] : ports.find(one => textAt(one, 'name') === 'http');
	return textAt(port, 'name') ?? numberAt(port, 'containerPort');
}

/** A port alone keeps the way in which the probe looks. */
function likeBefore(change: ProbeChange, before: Json | undefined): ProbeChange {
	const {handler} = change;
	if (handler === undefined || handler.fields.path !== undefined || handler.type !== 'httpGet') return change;
	if (valueAt(before, 'tcpSocket') !== undefined) return {...change, handler: {type: 'tcpSocket', fields: handler.fields}};
	return change;
}

/** A GET without a port takes the one that the probe had, else the container's only one. */
function withPort(change: ProbeChange, before: Json | undefined, container: Container, said?: string | number): ProbeChange {
	const {handler} = change;
	if (handler?.type !== 'httpGet' || handler.fields.port !== undefined || valueAt(before, 'httpGet', 'port') !== undefined) return change;
	const port = said ?? valueAt(before, 'tcpSocket', 'port') ?? solePort(container);
	return port === undefined ? change : {...change, handler: {...handler, fields: {...handler.fields, port}}};
}

/** How often a probe looks where nothing says it. */
const usualPeriod = 10;
const moreOften =
	/\b(?:(twice|double)|(\d+|three|four|five) times) (?:as|more) (?:often|frequent(?:ly)?)\b|(두|세|네|\d+) ?배 ?(?:더 )?자주/;
const lessOften = /\bhalf as (?:often|frequent(?:ly)?)\b|절반만 ?(?:더 )?자주/;

/** `twice as often`: half of the period that it has. */
function withRhythm(change: ProbeChange, before: Json | undefined, text: string): ProbeChange {
	if (change.numbers.periodSeconds !== undefined || !isJsonObject(before)) return change;
	const now = numberAt(before, 'periodSeconds') ?? usualPeriod;
	const [, double, many, korean] = moreOften.exec(text) ?? [];
	const factor = double === undefined ? numberOf(many ?? korean ?? '') : 2;
	const period = lessOften.test(text) ? now * 2 : factor === undefined ? undefined : now / factor;
	return period === undefined || !Number.isInteger(period) ? change : {...change, numbers: {...change.numbers, periodSeconds: period}};
}

function changedProbe(clause: Clause, container: Container, kind: ProbeKind, port?: string | number): ProbeChange | 'remove' | Question {
	const before = container.spec[kind];
	const change = withRhythm(probeChange(clause, port ?? solePort(container)), before, plainText(clause));
	if (isRemoval(plainText(clause), change)) return 'remove';
	const whole = withPort(likeBefore(change, before), before, container, port);
	const isNew = !isJsonObject(before);
	const lacks =
		(isNew && whole.handler === undefined) ||
		// A port alone does not say how it is asked.
		(isNew && whole.handler?.type === 'httpGet' && whole.handler.fields.path === undefined && !/\bhttps?\b|\bget\b/i.test(clause.text)) ||
		(whole.handler?.type === 'httpGet' && whole.handler.fields.port === undefined && valueAt(before, 'httpGet', 'port') === undefined) ||
		(whole.handler === undefined && Object.keys(whole.numbers).length === 0);
	if (!lacks) return whole;
	return question(
		clause,
		`What should the ${kind} of ${container.name} look at (GET path and port, TCP port, or a command), and how often?`,
		`${container.name}의 ${kind}가 무엇을 확인해야 하나요(GET 경로와 포트, TCP 포트, 또는 명령)?`,
	);
}

const told = (kind: ProbeKind, change: ProbeChange | 'remove') =>
	change === 'remove'
		? `${kind} -`
		: `${kind} ${[...Object.entries(change.handler?.fields ?? {}), ...Object.entries(change.numbers)].map(([key, value]) => `${key}=${Array.isArray(value) ? value.join(' ') : String(value)}`).join(' ')}`;

function edited(asking: Asking, object: KubeObject, kinds: readonly ProbeKind[]): Edit | Question | undefined {
	const container = containerSpoken(asking, object);
	if ('kind' in container) return container;
	let edit: Edit = {after: object, told: container.name};
	const parts = probeParts(asking.clause, kinds);
	for (const kind of kinds) {
		// `both on 9090`: a port that is said once is that of each.
		const port = kinds.length > 1 ? portIn(plainText(asking.clause)) : undefined;
		const change = changedProbe(parts.get(kind) ?? asking.clause, container, kind, port);
		if (typeof change === 'object' && 'kind' in change) return change;
		// The path of names fits the object after an earlier probe as well.
		const after = withProbe({...object, ...(isJsonObject(edit.after) ? edit.after : {})}, container, kind, change);
		edit = {after, told: `${edit.told} ${told(kind, change)}`};
	}
	return edit;
}

const everyProbe =
	/\b(?:both|all|every|any) (?:of )?(?:the |its |health )*probes?\b|프로브\S* ?(?:둘 ?다|모두|전부|다(?=\s))|(?:모든|두) ?프로브/i;

/** `the liveness one stays at 20`: what is said of a probe that is left. */
const staying =
	/[,;.]?\s*(?:and |but |while )?(?:the |its )?(?:liveness|readiness|startup)(?: one| probe| check)? (?:stays?|remains?|is left|is kept|keeps (?:its|what))\b[^,;.]*/gi;

/** The probes that the container that is meant has. */
function kindsOf(asking: Asking, object: KubeObject): readonly ProbeKind[] {
	const container = containerSpoken(asking, object);
	return 'kind' in container
		? []
		: (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).filter(kind => container.spec[kind] !== undefined);
}

/** Adds, changes and removes probes. */
export const probesIntent: Intent = {
	name: 'probes',
	async understand(spoken, world, talk) {
		const clause = clauseOf(spoken.text.replaceAll(staying, ''));
		const kinds = probeKinds(withoutWhatStays(plainText(clause)));
		const isAll =
			kinds.length === 0 && everyProbe.test(clause.text) && (removes(clause) || Object.keys(probeChange(clause).numbers).length > 0);
		if (kinds.length === 0 && !isAll) return undefined;
		// `get rid of the readiness check, / keeps returning 500`: what is told says nothing of how it is to be.
		const told = clauseOf(withoutTold(clause.text));
		const isWhole = probeKinds(plainText(told)).length === kinds.length && kinds.length > 0;
		const asking = {clause: isWhole ? told : clause, world, talk};
		return editTargets({clause, world, talk}, podKinds, object => edited(asking, object, isAll ? kindsOf(asking, object) : kinds));
	},
};
