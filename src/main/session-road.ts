import type {Options} from '../commands/options.ts';
import {type Clock, systemClock} from '../core/clock.ts';
import type {Emit} from '../core/event.ts';
import type {MadePlan, Road} from '../core/road/road.ts';
import type {Redactor} from '../core/secrets/redact.ts';
import type {AnyTool} from '../core/tool.ts';
import type {ClusterClient} from '../mcp/kubernetes/port.ts';
import type {clusterView} from './cluster-view.ts';
import {confirmer} from './confirmer.ts';
import type {Host} from './host.ts';
import {judgeOf} from './judge.ts';
import {lifeOf} from './life-of.ts';
import type {LiveRuns} from './live-runs.ts';
import type {lazyState} from './open-state.ts';
import type {Ports} from './ports.ts';

/** Opened when a command first needs it. */
export type SessionState = ReturnType<typeof lazyState>;

/** Replaces parts of the road: what the demo shows, whose name stands in the journal, who listens to a call of an agent and stops it. */
export type RoadChange = Partial<
	Pick<Road<Ports>, 'confirm' | 'by' | 'emit' | 'signal' | 'chosen' | 'answerCharacters' | 'toldCompactly' | 'mode' | 'maker' | 'trace'>
> & {
	/** Stands for some of what its tools work on. */
	readonly ports?: (own: Ports) => Partial<Ports>;
	/** Told where a question over all namespaces is answered for some of them. */
	readonly narrowed?: () => void;
};

/** The cluster as far as a call reaches, and the ports of its tool. */
export type View = ReturnType<typeof clusterView> & {readonly ports: Ports};

type Around = {
	readonly options: Options;
	readonly host: Host;
	readonly client: Pick<ClusterClient, 'cluster'>;
	readonly state: SessionState;
	readonly redactor: Redactor;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: Emit;
	/** Takes the progress line off the screen before somebody is asked. */
	readonly beforeAsking: () => void;
	readonly runs: LiveRuns;
};

/** The road of the calls of a session, as it is for each of them. */
export const sessionRoad =
	({options, host, client, state, redactor, clock, signal, emit, beforeAsking, runs}: Around) =>
	(
		tool: AnyTool<Ports>,
		input: unknown,
		{ports, cluster, changed, noticed, effector}: View,
		{ports: others, narrowed, ...change}: RoadChange,
	): Road<Ports> => ({
		ports: {
			...ports,
			...others?.(ports),
			cluster: noticed(tellsText(tool, input) ? cluster : changed, narrowed),
		},
		target: cluster.target,
		effector,
		judge: judgeOf({options, host, state, nowMs: systemClock().now, target: client.cluster.target}),
		confirm: confirmer(host, beforeAsking),
		journal: state.journal,
		waiting: state.waiting,
		audit: state.audit,
		redact: redactor.json,
		known: redactor.known,
		clock,
		signal,
		answerCharacters: Number.POSITIVE_INFINITY,
		mode: options.dryRun || options.planOut !== undefined ? 'plan' : 'run',
		keep: keeperOf(options, state),
		yes: options.yes,
		by: host.user,
		...lifeOf(host.user),
		...change,
		emit: runs.heard(change.emit ?? emit),
	});

/** Whether what a call shows is text from the cluster: what is read, what a program there prints, and the ConfigMap that a change is about. */
const tellsText = ({effect, name}: AnyTool<Ports>, input: unknown) =>
	effect === 'read' || name === 'pod_exec' || /config_?map|"cm"/i.test(`${name} ${JSON.stringify(input)}`);

const keeperOf =
	({planOut}: Options, state: SessionState) =>
	async ({plan, digest, sealed}: MadePlan) => {
		if (planOut !== undefined) await state.planFiles.write(planOut, plan, digest, sealed);
	};
