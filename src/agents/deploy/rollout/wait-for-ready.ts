import {sleep} from '../../../core/clock.ts';
import {canonicalJson, type Json} from '../../../core/json.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import type {WorkloadWords} from '../../../core/workload-words.ts';
import type {DeployPorts} from '../ports.ts';
import {newPods} from './new-pods.ts';
import {nodesComing} from './nodes-coming.ts';
import {readEvidence} from './pod-evidence.ts';
import {podHealth} from './pod-health.ts';
import type {PodTrouble} from './pod-trouble.ts';
import {type Readiness, readinessOf} from './readiness.ts';
import {refusedPods} from './refused-pods.ts';
import {steadyWatch} from './steady-watch.ts';
import {type Stuck, stuckWatch} from './stuck-watch.ts';
import {throughOutages} from './through-outages.ts';

/** Between two looks at the cluster. */
const lookEveryMs = 2000;

/** An object with a progress deadline says itself that it has passed, unless its controller is away. */
const controllerMs = 60_000;

/** What `progressDeadlineSeconds` of a Deployment is where nobody sets it. Kubernetes 1.36, pkg/apis/apps/v1/defaults.go. */
const usualQuietMs = 600_000;

/** A kind whose objects have had no status for so long has no controller that writes one, and is as ready as it can be. As kstatus has it. */
const silenceMs = 30_000;

/** What to wait for, and for how long. */
export type Wanted = {
	readonly ref: Ref;
	/** How many pods of the present template must be ready at least, besides what the spec asks for; asked at each look where it may grow. */
	readonly pods?: number | (() => number) | undefined;
	/** The rollout is held before its end: that many ready pods are all that is waited for. */
	readonly isHeld?: boolean | undefined;
	readonly withinMs: number;
	/** How long its new pods must run without a restart once they are ready; on top of the time that is given. */
	readonly steadyMs?: number | undefined;
	/** Gives up when nothing at all has moved for so long; a minute after the object's own progress deadline, or after ten minutes, if left out. */
	readonly quietMs?: number | undefined;
	/** How often a container of one pod may restart before that counts as a crash loop; 2 if left out. */
	readonly toleratedRestarts?: number | undefined;
	/** Goes before each look; what it throws ends the wait. */
	readonly between?: (() => Promise<void>) | undefined;
	/** How an outage of the server is borne; a minute of looks if left out. */
	readonly patiently?: (<Seen>(look: () => Promise<Seen>) => Promise<Seen | undefined>) | undefined;
};

/** Why a wait ended without what it waited for. */
type WaitCause = Stuck['cause'] | 'deadline' | 'time-over' | 'quiet' | 'gone';

export type ReadyEnd =
	| {readonly done: true; readonly object: KubeObject}
	| {
			readonly done: false;
			readonly cause: WaitCause;
			readonly reason: string;
			/** Pods of the present template that were ready at the last look. */
			readonly ready: number;
			readonly evidence: WorkloadWords;
	  };

/** How far an object is at one look. `pods`: undefined where they may not be listed. */
type Look = {
	readonly object: KubeObject;
	readonly readiness: Readiness;
	readonly pods: readonly KubeObject[] | undefined;
	readonly ready: number;
	readonly trouble: PodTrouble | undefined;
	readonly refused: PodTrouble | undefined;
};

async function lookAt(
	{ref, pods: asked, isHeld = false, steadyMs = 0}: Wanted,
	{ports: {cluster}, clock}: Context<DeployPorts>,
): Promise<Look | 'gone'> {
	const least = typeof asked === 'function' ? asked() : asked;
	const object = await cluster.get(ref);
	if (object === undefined) return 'gone';
	const whole = readinessOf(object, least);
	if (whole.done && steadyMs === 0) return {object, readiness: whole, pods: [], ready: whole.ready, trouble: undefined, refused: undefined};
	const pods = await newPods(cluster, object);
	const {ready, troubles} = podHealth(pods ?? []);
	const readiness = isHeld ? {...whole, done: ready >= (least ?? 0), wanted: least ?? 0} : whole;
	const isShort = pods !== undefined && pods.length < readiness.wanted;
	const refused = isShort || pods === undefined ? await refusedPods(cluster, object, clock) : undefined;
	return {object, readiness, pods, ready: pods === undefined ? readiness.ready : ready, trouble: refused ?? troubles[0], refused};
}

const because = (trouble: PodTrouble | undefined) => (trouble === undefined ? '' : ` (${trouble.text})`);

/**
 * Waits until an object of any kind is what its spec asks for: a Deployment, StatefulSet (as far as its partition lets it) or DaemonSet
 * rolled out, any other kind healthy by its conditions and phases. Gives up early on what no waiting mends, and then says why with the
 * words of the cluster and of the pods themselves. Time is counted in looks: a clock that jumps changes nothing.
 * @throws MkcoaError when the cluster stays away, or may not be read
 */
export async function waitForReady(wanted: Wanted, context: Context<DeployPorts>): Promise<ReadyEnd> {
	const {clock, signal, emit} = context;
	const patiently = wanted.patiently ?? throughOutages(context, lookEveryMs);
	const stuck = stuckWatch(lookEveryMs, wanted.toleratedRestarts);
	const {steadyMs = 0} = wanted;
	const steady = steadyWatch(lookEveryMs, steadyMs);
	let moved = {at: 0, seen: ''};
	let nodesComeFor: ReadonlySet<string> = new Set();
	/** What is stuck, but for pods whose node is on its way. */
	const stuckIn = async (look: Look) => {
		const found = stuck.look({...look, nodesComeFor});
		if (found?.cause !== 'unschedulable') return found;
		nodesComeFor = await nodesComing(context.ports.cluster, look.pods ?? []);
		return found.pod !== undefined && nodesComeFor.has(found.pod) ? undefined : found;
	};
	for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
		await wanted.between?.();
		const seenNow = await patiently(() => lookAt(wanted, context));
		if (seenNow === 'gone') return {...gone(wanted.ref), evidence: {pods: [], morePods: 0, events: []}};
		const look = seenNow && steady.look(seenNow);
		if (look !== undefined && (look.readiness.done || (look.readiness.isSilent && waitedMs >= silenceMs)))
			return {done: true, object: look.object};
		if (look !== undefined) {
			emit(progressOf(look));
			const seen = signatureOf(look);
			if (seen !== moved.seen) moved = {at: waitedMs, seen};
			const end =
				(await stuckIn(look)) ??
				overdue(look, {
					waitedMs,
					quietForMs: waitedMs - moved.at,
					...wanted,
					...(steady.isRunning() ? {withinMs: wanted.withinMs + steadyMs, isUnsteady: waitedMs >= wanted.withinMs} : {}),
				});
			if (end !== undefined) {
				const reason = `${end.reason ?? shortfall(look)}${because(end.trouble)}`;
				const evidence = await readEvidence(look.object, look.pods ?? [], context);
				emit({kind: 'words', words: evidence});
				return {done: false, cause: end.cause, reason, ready: look.ready, evidence};
			}
		}
		await sleep(clock, lookEveryMs, signal);
	}
}

const gone = (ref: Ref) => ({done: false, cause: 'gone', ready: 0, reason: `${refText(ref)} is gone: somebody deleted it`}) as const;

const shortfall = ({readiness: {wanted}, ready}: Look) => `${wanted - ready} of ${wanted} new pods cannot run`;

function progressOf({readiness: {waitsFor, wanted}, ready, trouble}: Look) {
	const text = `Waiting for ${waitsFor}${because(trouble)}`;
	return wanted === 0 ? ({kind: 'progress', text} as const) : ({kind: 'progress', text, done: ready, total: wanted} as const);
}

/** All that a rollout can move: its own status, and the state of each pod. */
function signatureOf({object, pods = []}: Look): string {
	const parts: readonly Json[] = [object.status ?? null, ...pods.map(({metadata: {name}, status = null}) => ({name, status}))];
	return canonicalJson(parts);
}

type Overdue = {readonly cause: WaitCause; readonly reason: string; readonly trouble: PodTrouble | undefined};

/** The object's own deadline, silence, or the end of the time that was given. */
function overdue(
	{object, readiness, ready, trouble}: Look,
	{
		waitedMs,
		quietForMs,
		withinMs,
		quietMs,
		isUnsteady = false,
	}: Pick<Wanted, 'withinMs' | 'quietMs'> & {readonly waitedMs: number; readonly quietForMs: number; readonly isUnsteady?: boolean},
): Overdue | undefined {
	const {failed, wanted, waitsFor} = readiness;
	if (failed !== undefined) return {cause: 'deadline', reason: failed, trouble};
	const far = wanted === 0 || isUnsteady ? `it still waited for ${waitsFor}` : `${ready} of ${wanted} new pods were ready`;
	if (waitedMs >= withinMs) return {cause: 'time-over', reason: `${far} when the time was over`, trouble};
	const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds');
	const longestQuietMs = quietMs ?? (deadline === undefined ? usualQuietMs : deadline * 1000 + controllerMs);
	if (quietForMs < longestQuietMs) return undefined;
	return {cause: 'quiet', reason: `nothing has moved for ${Math.round(quietForMs / 1000)} s, and ${far}`, trouble};
}
