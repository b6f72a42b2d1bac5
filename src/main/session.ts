import type {Options} from '../commands/options.ts';
import {eventPrinter} from '../commands/render/event-printer.ts';
import {printOutcome} from '../commands/render/print-outcome.ts';
import {systemClock} from '../core/clock.ts';
import type {Confirm} from '../core/decision.ts';
import {MkcoaError} from '../core/error.ts';
import type {Emit} from '../core/event.ts';
import {type AnyOutcome, type ExitCode, exitCodeOf} from '../core/outcome.ts';
import type {EarlierPlan} from '../core/road/road.ts';
import {applyPlan, runTool} from '../core/road/run-tool.ts';
import type {Reach} from '../core/roles/reach.ts';
import {createRedactor, type Redactor} from '../core/secrets/redact.ts';
import type {AnyTool} from '../core/tool.ts';
import type {Impersonation} from '../mcp/kubernetes/kubeconfig/kubeconfig.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import {openNoCluster} from './absent-cluster.ts';
import {clusterView} from './cluster-view.ts';
import {confirmer} from './confirmer.ts';
import type {Host} from './host.ts';
import {type LiveRuns, liveRuns} from './live-runs.ts';
import {viewWithServers} from './monitoring/view-with-servers.ts';
import type {LearnNamespace} from './namespace-secrets.ts';
import {openCaptured} from './open-captured.ts';
import {openCluster} from './open-cluster.ts';
import {openPorts} from './open-ports.ts';
import {lazyState, openUserState} from './open-state.ts';
import {type Outside, outsideServers} from './outside/outside-servers.ts';
import type {Ports} from './ports.ts';
import {type RoadChange, type SessionState, sessionRoad, type View} from './session-road.ts';
import {spanRun} from './telemetry/span-run.ts';
import {spannedClient} from './telemetry/spanned-client.ts';
import {openThisMachine} from './this-machine.ts';
import {toolNamed} from './tool-groups.ts';

/** One cluster, one state folder and one redactor, for as long as a command lasts. */
export type Session = {
	readonly cluster: Cluster;
	readonly state: SessionState;
	readonly monitoring: Ports['monitoring'];
	readonly run: (tool: AnyTool<Ports>, input: unknown, change?: RoadChange) => Promise<AnyOutcome>;
	readonly apply: (earlier: EarlierPlan, change?: RoadChange) => Promise<AnyOutcome>;
	/** Third parties' MCP servers that the person listed. */
	readonly outside: Outside;
	/** A tool by its name: mkcoa's own, or a third party's. */
	readonly toolNamed: (name: string) => Promise<AnyTool<Ports> | undefined>;
	/** Prints an outcome as the options ask, and answers the exit code. */
	readonly print: (tool: AnyTool<Ports> | undefined, outcome: AnyOutcome) => Promise<ExitCode>;
	/** Asks the person, where one can answer. */
	readonly confirm: Confirm;
	/** The one redactor at the way out. */
	readonly redact: Redactor['json'];
	/** Hides a secret from now on in all that is printed, stored or sent. */
	readonly learn: (secret: string) => void;
	/** Makes the Secrets of a namespace known, so that text from elsewhere which quotes them is recognised; of all namespaces if undefined. */
	readonly learnSecrets: LearnNamespace;
	/** Tells on standard error how a run goes on. */
	readonly emit: Emit;
	/** What its runs tell of the rollouts that they carry out. */
	readonly runs: Pick<LiveRuns, 'of' | 'subscribe'>;
	/** Aborts when the person interrupts, or the time is over. */
	readonly signal: AbortSignal;
	/** Takes the progress line off the screen before something else is printed. */
	readonly quiet: () => void;
	/** The same session for who may touch no more than this; its `close` closes all. */
	readonly within: (reach: Reach) => Session;
	readonly close: () => Promise<void>;
};

type Opening = {
	readonly options: Options;
	readonly host: Host;
	readonly speed?: number;
	readonly here?: boolean;
	readonly clusterless?: boolean;
	readonly actAs?: Impersonation | undefined;
	readonly apart?: boolean | undefined;
};

/**
 * Connects for one command. Close it, also after an error.
 * @param opening `speed` is for the demo, whose cluster lives faster than the person who looks at it; `here` opens this machine in the place of a
 * cluster, and `clusterless` opens none; `actAs` is whom the cluster is asked as; `apart` takes an embedded cluster for none that another command has
 */
export async function openSession({options, host, speed, here = false, clusterless = false, actAs, apart}: Opening): Promise<Session> {
	const live = speed === undefined ? host.clock : systemClock({speed});
	const {streams, spans} = host;
	const redactor = createRedactor();
	const printer = eventPrinter(streams, {quiet: options.quiet, verbose: options.verbose, clock: systemClock()});
	const signal = options.timeoutMs === undefined ? host.signal : AbortSignal.any([host.signal, AbortSignal.timeout(options.timeoutMs)]);
	const warn = (text: string) => printer.emit({kind: 'note', text: redactor.text(text)});
	const captured = here || options.from === undefined ? undefined : await openCaptured(options.from, options, live);
	const clock = captured?.clock ?? live;
	const {client: silent, close} =
		captured ??
		(here
			? openThisMachine(host)
			: clusterless
				? openNoCluster()
				: await openCluster({options, host, clock, learn: redactor.learn, warn, signal, actAs, apart}));
	const client = spannedClient(silent, spans);
	// What is kept apart is what happens on an embedded cluster.
	const state = lazyState(() => openUserState(here ? {} : options, host, systemClock()));
	// Servers are the person's, whatever cluster they look at.
	const own = here || options.sandbox === undefined ? state : lazyState(() => openUserState({}, host, systemClock()));
	const outside = outsideServers({host, kept: own.outside, redact: redactor.json, learn: redactor.learn, signal});
	const anyToolNamed = async (name: string) => (await toolNamed(name)) ?? outside.toolNamed(name);
	const runs = liveRuns();
	const views = new Map<string, View>();
	/** What lies within a reach is seen by one view, so that its Secrets are read once. */
	const viewOf = (reach: Reach | undefined): View => {
		const key = JSON.stringify(reach ?? null);
		const view =
			views.get(key) ??
			viewThrough(clusterView({client, redactor, environment: host.env, journal: captured?.journal ?? state.reader, reach}), reach);
		views.set(key, view);
		return view;
	};
	const viewThrough = (seen: ReturnType<typeof clusterView>, reach: Reach | undefined) => {
		const parts = {learn: redactor.learn, redact: redactor.json, emit: printer.emit, beforeAsking: printer.stop, signal};
		const ports = openPorts({options, host, cluster: seen.changed, journal: seen.journal, incidents: state.incidents, ...parts});
		if (reach === undefined) return viewWithServers({...seen, ports}, clock);
		// What these servers tell is of all namespaces, so whoever may ask them reaches them wherever they are.
		const monitoring = reach.metrics ? whole.ports.monitoring : {...noServers, use: ports.monitoring.use};
		return viewWithServers(
			{...seen, ports: {...ports, monitoring, metrics: monitoring.metrics, incidents: noIncidents, auditLog: noAuditLog}},
			clock,
			reach,
		);
	};
	const whole = viewOf(undefined);
	const road = sessionRoad({options, host, client, state, redactor, clock, signal, emit: printer.emit, beforeAsking: printer.stop, runs});
	const within = (reach: Reach | undefined): Session => {
		const view = viewOf(reach);
		return {
			cluster: view.cluster,
			state,
			monitoring: view.ports.monitoring,
			run: async (tool, input, change = {}) => spanRun(spans, 'run', tool, () => runTool(tool, input, road(tool, input, view, change))),
			async apply(earlier, change = {}) {
				const tool = changeToolOf(earlier.plan.tool, await anyToolNamed(earlier.plan.tool));
				return spanRun(spans, 'apply', tool, () => applyPlan(tool, earlier, road(tool, earlier.plan.input, view, change)));
			},
			async print(tool, outcome) {
				printer.stop();
				await printOutcome(streams, outcome, {...options, nowMs: clock.now(), text: textOf(tool, outcome)});
				return exitCodeOf(outcome);
			},
			outside,
			toolNamed: anyToolNamed,
			confirm: confirmer(host, printer.stop),
			redact: redactor.json,
			runs,
			learn: redactor.learn,
			learnSecrets: view.learnSecrets,
			emit: printer.emit,
			signal,
			quiet: printer.stop,
			within,
			async close() {
				printer.stop();
				try {
					await outside.close();
					await own.close();
					if (own !== state) await state.close();
				} finally {
					await close();
				}
			},
		};
	};
	return within(undefined);
}

const noServer = async () => ({why: 'your roles do not let the servers of monitoring be asked (metrics: true in roles.yaml)'});
const noServers = {metrics: noServer, alertmanager: noServer, grafana: noServer, logs: noServer, vendor: noServer};

/** A record is of the whole cluster, and does not tell whose namespaces it touches. */
const noIncidents: Ports['incidents'] = {
	list: async () => {
		throw new MkcoaError({
			kind: 'auth',
			code: 'not-allowed',
			what: 'Incidents on record are not shown to you',
			why: 'your roles keep you to some namespaces, and a record is of the whole cluster',
			next: 'Call failure_detect: it tells what is wrong where you may look',
		});
	},
};

/** An audit log tells what everybody did in the whole cluster. */
const noAuditLog: Ports['auditLog'] = async () => {
	throw new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: 'The audit log is not shown to you',
		why: 'your roles keep you to some namespaces, and the log is of the whole cluster',
		next: 'Ask whoever runs mkcoa for a role without namespaces',
	});
};

/** How the tool's answer reads. What it found out before it failed may be less than an answer, and then has no text. */
function textOf(tool: AnyTool<Ports> | undefined, outcome: AnyOutcome): AnyTool<Ports>['text'] {
	const hasText = outcome.kind !== 'failed' || tool?.output.safeParse(outcome.output).success === true;
	return tool !== undefined && hasText ? tool.text : () => '';
}

function changeToolOf(name: string, tool: AnyTool<Ports> | undefined) {
	if (tool !== undefined && tool.effect !== 'read') return tool;
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-tool',
		what: `The plan is for the tool ${name}, which this mkcoa does not have`,
		next: 'Make the plan again with this version',
	});
}
