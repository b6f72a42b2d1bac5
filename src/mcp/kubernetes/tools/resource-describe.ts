import {stringify} from 'yaml';
import * as z from 'zod';
import {isJsonObject} from '../../../core/json.ts';
import {foldEvents} from '../../../core/kube/folded-events.ts';
import {type KubeObject, refText} from '../../../core/kube/kube-object.ts';
import {sinceText} from '../../../core/text/age.ts';
import {stripControl} from '../../../core/text/strip-control.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {findObject, findOwner} from '../find-object.ts';
import {cleanedObject, shortened} from '../model/cleaned-object.ts';
import {containersOf} from '../model/container-summary.ts';
import {endingText} from '../model/ending.ts';
import {objectsAt, wordAt} from '../model/fields.ts';
import {answerCharacters} from '../model/fitting-rows.ts';
import {ownerChain} from '../model/owner-chain.ts';
import {podPhase} from '../model/pod-phase.ts';
import {kindsPointingAt, pointingAt} from '../model/pointing-at.ts';
import {plainLine} from '../model/untrusted-text.ts';
import {workloadStatus} from '../model/workload-status.ts';
import type {Cluster} from '../port.ts';
import {readNeighbours} from '../read-neighbours.ts';
import {command, kindField, nameOf, namespaceField, type OnCluster, readOnly} from '../tool-input.ts';

const texts = z.array(z.string());
const output = z.object({
	object: z.string(),
	/** `CrashLoopBackOff`, `2/3 ready`; `''` for kinds without a state. */
	state: z.string(),
	healthy: z.boolean().optional(),
	owners: texts,
	pointedAtBy: z.array(z.object({object: z.string(), how: z.string()})),
	conditions: z.array(z.object({type: z.string(), status: z.string(), reason: z.string(), message: z.string()})),
	containers: z.array(z.object({name: z.string(), state: z.string(), ready: z.boolean(), restarts: z.number(), text: z.string()})),
	events: z.array(z.object({type: z.string(), reason: z.string(), message: z.string(), count: z.number(), last: z.string()})),
	spec: z.json(),
	/** What could not be read, and why. */
	notChecked: texts,
});
type Output = z.output<typeof output>;

export const resourceDescribe = readTool({
	name: 'resource_describe',
	summary: 'Explains one object: state in words, owners, conditions, events, and what points at it',
	effect: 'read',
	annotations: readOnly,
	command: command('describe'),
	positionals: ['kind', 'name'],
	input: z.object({kind: kindField, name: nameOf('Object to explain'), namespace: namespaceField}),
	output,
	async run({kind, name, namespace}, {ports: {cluster}}: OnCluster) {
		const {object, ref} = await findObject(cluster, {kind, name, namespace});
		const [owners, neighbours, events] = await Promise.all([
			ownerChain(object, owner => findOwner(cluster, owner)),
			readNeighbours(cluster, ref.namespace, ref.namespace === undefined ? [] : kindsPointingAt(ref.kind)),
			eventsOf(cluster, object),
		]);
		return {
			object: refText(ref),
			...stateAndEnd(object),
			owners: owners.map(owner => `${refText(owner.ref)}${owner.missing ? ' (gone)' : ''}`),
			pointedAtBy: pointingAt(object, neighbours.objects).map(({ref: other, how}) => ({object: refText(other), how})),
			conditions: conditionsOf(object),
			containers: object.kind === 'Pod' ? containerRows(object) : [],
			events: events.events,
			spec: specOf(object),
			notChecked: [...neighbours.notChecked, ...events.notChecked],
		};
	},
	text: describeText,
});

function stateOf(object: KubeObject): {readonly state: string; readonly healthy?: boolean} {
	if (object.kind === 'Pod') {
		const {word, healthy, restarts} = podPhase(object);
		return {state: restarts === 0 ? word : `${word}, ${restarts} restarts`, healthy};
	}
	const status = workloadStatus(object);
	return status === undefined ? {state: wordAt(object, 'status', 'phase')} : {state: status.text, healthy: status.healthy};
}

/** The state, and what keeps an object that is to go. */
function stateAndEnd(object: KubeObject) {
	const {state, ...rest} = stateOf(object);
	return {...rest, state: [state, endingText(object)].filter(Boolean).join(', ')};
}

const conditionsOf = (object: KubeObject): Output['conditions'] =>
	objectsAt(object, 'status', 'conditions').map(condition => ({
		type: wordAt(condition, 'type'),
		status: wordAt(condition, 'status'),
		reason: wordAt(condition, 'reason'),
		message: plainLine(wordAt(condition, 'message')),
	}));

const containerRows = (pod: KubeObject): Output['containers'] =>
	containersOf(pod).map(({name, kind, state, reason, explanation, message, ready, restarts, lastEnd}) => ({
		name: kind === 'app' ? name : `${name} (${kind})`,
		state: reason || state,
		ready,
		restarts,
		text: [explanation, plainLine(message), lastEnd === '' ? '' : `its last run ended: ${lastEnd}`].filter(Boolean).join('; '),
	}));

async function eventsOf(
	cluster: Cluster,
	{metadata, kind}: KubeObject,
): Promise<{readonly events: Output['events']; readonly notChecked: readonly string[]}> {
	// Events of cluster-scoped objects live in the default namespace.
	const own = `involvedObject.kind=${kind},involvedObject.name=${metadata.name}`;
	const {objects, notChecked} = await readNeighbours(cluster, metadata.namespace ?? 'default', ['events'], own);
	const folded = foldEvents(objects).slice(-20);
	return {
		events: folded.map(({type, reason, message, count, last}) => ({type, reason, message: plainLine(message), count, last})),
		notChecked,
	};
}

function specOf(object: KubeObject): Output['spec'] {
	const {status: _, ...rest} = cleanedObject(object);
	const {value} = shortened(rest);
	const fits = JSON.stringify(value).length <= answerCharacters / 2;
	return z.json().parse(fits ? value : {leftOut: 'larger than one answer: ask for parts with k8s get --path'});
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`\n${title}`, ...lines]);

// Lines rather than a table: the reasons are long, and a column would cut what matters.
const containerLine = ({name, state, ready, restarts, text}: Output['containers'][number]) =>
	`${name}: ${state}${ready ? ', ready' : ''}${restarts === 0 ? '' : `, ${restarts} restarts`}${text === '' ? '' : `: ${text}`}`;

const conditionLine = ({type, status, reason, message}: Output['conditions'][number]) =>
	`${type} is ${status}${reason === '' ? '' : ` (${reason})`}${message === '' ? '' : `: ${message}`}`;

function describeText(output: Output, view: View): string {
	const {object, state, owners, pointedAtBy, conditions, containers, events, spec, notChecked} = output;
	const table = (title: string, headers: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
		rows.length === 0 ? [] : [`\n${title}`, textTable({headers, rows, view})];
	return [
		state === '' ? object : `${object}: ${state}`,
		...owners.map(owner => `Owned by ${owner}`),
		...pointedAtBy.map(({object: other, how}) => `${other} ${how}`),
		...section('Containers', containers.map(containerLine)),
		...section('Conditions', conditions.map(conditionLine)),
		...table(
			'Events',
			['LAST', 'COUNT', 'TYPE', 'REASON', 'MESSAGE'],
			events.map(e => [sinceText(e.last, view), e.count, e.type, e.reason, e.message]),
		),
		...notChecked.map(text => `Not checked: ${text}`),
		`\n${stripControl(stringify(isJsonObject(spec) ? spec : null, {lineWidth: 0})).trimEnd()}`,
	].join('\n');
}
