import * as z from 'zod';
import type {MonitoringPorts} from '../../src/agents/monitoring/ports.ts';
import type {JournalReader} from '../../src/core/journal.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import type {Road} from '../../src/core/road/road.ts';
import {applyPlan, runTool} from '../../src/core/road/run-tool.ts';
import {type AnyTool, type ChangeToolOf, changeTool, type View} from '../../src/core/tool.ts';
import {clusterWithServers, effectorWithServers} from '../../src/main/monitoring/with-server-objects.ts';
import {draftOf} from '../../src/mcp/kubernetes/plan/draft-of.ts';
import {performInOrder} from '../../src/mcp/kubernetes/plan/perform-in-order.ts';
import {predict} from '../../src/mcp/kubernetes/plan/predict.ts';
import {undo} from '../../src/mcp/kubernetes/tools/undo.ts';
import {alertmanager} from '../../src/mcp/monitoring/alertmanager/alertmanager.ts';
import {silenceEffects} from '../../src/mcp/monitoring/alertmanager/silence-effects.ts';
import {grafana} from '../../src/mcp/monitoring/grafana/grafana.ts';
import {grafanaEffects} from '../../src/mcp/monitoring/grafana/grafana-effects.ts';
import {unreachable} from '../../src/mcp/monitoring/http/trouble.ts';
import type {Wire} from '../../src/mcp/monitoring/http/wire.ts';
import {serverObjects} from '../../src/mcp/monitoring/objects/server-objects.ts';
import type {Monitoring} from '../../src/mcp/monitoring/port.ts';
import {alertmanagerScript, type firing} from './alertmanager-script.ts';
import {readerOf} from './change-run.ts';
import {fakeCluster} from './fake-cluster.ts';
import {grafanaScript} from './grafana-script.ts';
import {manualClock} from './manual-clock.ts';
import {memoryRoad, type Trail} from './memory-road.ts';
import {wireToScript} from './monitoring-wire.ts';

type Ports = MonitoringPorts & {readonly journal: JournalReader};

/** A tool that writes one object and knows nothing of where it is kept. */
const writing = (write: Write) =>
	changeTool({
		name: 'object_write',
		summary: 'Writes an object',
		effect: 'change',
		annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
		command: ['write'],
		positionals: [],
		input: z.object({}),
		resolved: z.object({}),
		output: z.object({}),
		async plan(_, {ports: {cluster}}: {readonly ports: Ports}) {
			return draftOf({
				...{effect: 'change', input: {}, summary: 'Write', consequences: [], verify: []},
				steps: [{title: 'Write', predictions: [await predict(cluster, write)]}],
				undo: {possible: true, how: 'mkcoa undo'},
			});
		},
		async apply(plan, context, effects) {
			await performInOrder(plan, context, effects);
			return {};
		},
		text: () => '',
	}) as AnyTool<Ports>;

const why = 'none is named here';

/** An Alertmanager and a Grafana on loopback, among the objects of a cluster, and a road to all of them whose person says yes. */
export async function serverWorld({
	alerts = [],
	monitoring: more = {},
}: {
	readonly alerts?: readonly ReturnType<typeof firing>[];
	/** In the place of what there is. */
	readonly monitoring?: Partial<Monitoring>;
} = {}) {
	const clock = manualClock();
	const manager = alertmanagerScript({nowMs: clock.now(), alerts});
	const boards = grafanaScript();
	const alertWire = await wireToScript(manager.script, {area: 'alerts'});
	const boardWire = await wireToScript(boards.script, {area: 'dashboards'});
	let lost: ((method: string) => boolean) | undefined;
	/** A road on which the answers of some requests are lost after they were carried out. */
	const losing = (wire: Wire): Wire => ({
		...wire,
		async ask(asked) {
			const reply = await wire.ask(asked);
			if (lost?.(asked.method ?? 'GET') !== true) return reply;
			lost = undefined;
			throw unreachable(wire.server, {why: 'the connection broke'});
		},
	});
	const [toAlerts, toBoards] = [losing(alertWire.wire), losing(boardWire.wire)];
	const monitoring: Monitoring = {
		metrics: async () => ({why}),
		alertmanager: async () => ({port: {...alertmanager(toAlerts), effects: silenceEffects(toAlerts)}}),
		grafana: async () => ({port: {...grafana(toBoards), effects: grafanaEffects(toBoards)}}),
		logs: async () => ({why}),
		vendor: async () => ({why}),
		use: {pods: async () => undefined, nodes: async () => undefined, summaries: async () => ({nodes: [], failed: []})},
		...more,
	};
	const fake = fakeCluster();
	const objects = serverObjects(monitoring, clock);
	const cluster = clusterWithServers(fake.cluster, objects);
	const effector = effectorWithServers(fake.effector, objects, undefined);
	const trails: Trail[] = [];
	const journal: JournalReader = {
		list: async limit => (await Promise.all(trails.toReversed().map(trail => readerOf(trail).list(limit)))).flat(),
		entry: async id => (await Promise.all(trails.map(trail => readerOf(trail).entry(id)))).find(entry => entry !== undefined),
		effects: async id => (await Promise.all(trails.map(trail => readerOf(trail).effects(id)))).flat(),
		sealed: async () => ({}),
		outcome: async () => undefined,
	};
	const roadTo = (change: Partial<Road<Ports>> = {}) =>
		memoryRoad<Ports>({cluster, journal, monitoring, metrics: monitoring.metrics}, effector, {
			target: fake.cluster.target,
			clock,
			...change,
		});
	const run = async (tool: AnyTool<Ports>, input: object, change: Partial<Road<Ports>> = {}) => {
		const {road, trail} = roadTo(change);
		// One journal for all runs, whose entries have names of their own.
		const id = `j${trails.length + 1}`;
		const outcome = await runTool(tool, input, {
			...road,
			journal: {...road.journal, open: async opening => renamed(trail, await road.journal.open(opening), id)},
		});
		trails.push(trail);
		return outcome;
	};
	return {
		...{monitoring, clock, manager, boards, objects, run, cluster, fake, trails},
		/** What a tool that reads shows, or why it does not. */
		async shown(tool: AnyTool<Ports>, input: object, view: Partial<View> = {}): Promise<string> {
			const outcome = await run(tool, input);
			if (outcome.kind !== 'done')
				return 'error' in outcome ? `${outcome.error.code}: ${outcome.error.what}. ${outcome.error.next}` : outcome.kind;
			return tool.text(outcome.output, {width: 100, terminal: true, nowMs: clock.now(), ...view});
		},
		write: (write: Write, change: Partial<Road<Ports>> = {}) => run(writing(write), {}, change),
		/** Goes on with a run that died after it wrote down what it would send. */
		async resume(write: Write) {
			const planned = await run(writing(write), {}, {mode: 'plan'});
			if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
			const {plan, digest} = planned;
			return {
				goOn() {
					const {road} = roadTo();
					const journalOfRun = {...road.journal, resume: async () => {}};
					const effects = [{index: 0, write, before: null, state: 'intended'} as const];
					const earlier = {plan, digest, sealed: {}, resume: {journal: 'j9', effects}};
					return applyPlan(writing(write) as ChangeToolOf<Ports>, earlier, {...road, journal: journalOfRun});
				},
			};
		},
		undo: (id?: string) => run(undo as AnyTool<Ports>, id === undefined ? {} : {id}),
		/** From now on the answer of the next request of this kind is lost. */
		lose(method: string) {
			lost = asked => asked === method;
		},
		asked: () => [...alertWire.seen, ...boardWire.seen].map(({method, path}) => `${method} ${path}`),
		live: (ref: KubeObject) => objects.get({apiVersion: ref.apiVersion, kind: ref.kind, name: ref.metadata.name}),
	};
}

function renamed(trail: Trail, old: string, id: string): string {
	const at = trail.entries.findIndex(entry => entry.id === old);
	const entry = trail.entries[at];
	if (entry !== undefined) trail.entries[at] = {...entry, id};
	return id;
}
