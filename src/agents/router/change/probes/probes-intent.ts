import {isJsonObject, type Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {type Asking, type Question, question} from '../asking.ts';
import type {Container} from '../containers.ts';
import {containerSpoken, type Edit, editTargets} from '../edit-targets.ts';
import {plainText, withoutWhatStays} from '../plain-text.ts';
import {podKinds} from '../targets.ts';
import {isRemoval, probeChange, probeKinds, probeParts} from './probe-words.ts';
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
function withPort(change: ProbeChange, before: Json | undefined, container: Container): ProbeChange {
	const {handler} = change;
	if (handler?.type !== 'httpGet' || handler.fields.port !== undefined || valueAt(before, 'httpGet', 'port') !== undefined) return change;
	const port = valueAt(before, 'tcpSocket', 'port') ?? solePort(container);
	return port === undefined ? change : {...change, handler: {...handler, fields: {...handler.fields, port}}};
}

function changedProbe(clause: Clause, container: Container, kind: ProbeKind): ProbeChange | 'remove' | Question {
	const before = container.spec[kind];
	const change = probeChange(clause, solePort(container));
	if (isRemoval(plainText(clause), change)) return 'remove';
	const whole = withPort(likeBefore(change, before), before, container);
	const isNew = !isJsonObject(before);
	const lacks =
		(isNew && whole.handler === undefined) ||
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
		const change = changedProbe(parts.get(kind) ?? asking.clause, container, kind);
		if (typeof change === 'object' && 'kind' in change) return change;
		// The path of names fits the object after an earlier probe as well.
		const after = withProbe({...object, ...(isJsonObject(edit.after) ? edit.after : {})}, container, kind, change);
		edit = {after, told: `${edit.told} ${told(kind, change)}`};
	}
	return edit;
}

/** Adds, changes and removes probes. */
export const probesIntent: Intent = {
	name: 'probes',
	async understand(clause, world, talk) {
		const kinds = probeKinds(withoutWhatStays(plainText(clause)));
		if (kinds.length === 0) return undefined;
		const asking = {clause, world, talk};
		return editTargets(asking, podKinds, object => edited(asking, object, kinds));
	},
};
