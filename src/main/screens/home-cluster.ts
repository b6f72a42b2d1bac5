import {troubleOf} from '../../core/error.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Home} from '../../tui/home/home-rows.ts';
import {troubleText} from '../../tui/review-services.ts';
import {lifeOf} from '../life-of.ts';
import type {Follow} from './follow.ts';
import type {Polled} from './poll.ts';
import type {Around} from './screen.ts';

type ContextRow = Extract<Home['contexts'], {readonly state: 'known'}>['rows'][number];
type Glance = Pick<ContextRow, 'health' | 'text' | 'isReading'>;

const ofKubeconfig = {everyMs: 10_000, limitMs: 10_000};
const ofCluster = {everyMs: 5000, limitMs: 15_000};
const ofFindings = {everyMs: 15_000, limitMs: 30_000};

const unread: Glance = {health: 'unknown', text: 'reading…', isReading: true};
const notLookedAt: Glance = {health: 'unknown', text: 'not looked at'};

/** The parts of the overview that a cluster tells. The client of clusters is loaded here, when the first picture is drawn already. */
export function followCluster(place: Around, follow: Follow, until: AbortSignal): void {
	followContexts(place, follow, until);
	const {holderDied} = lifeOf(place.host.user);
	followFindings(place, follow, until);
	follow(
		async () => {
			const [{cluster}, {runningRollouts}] = await Promise.all([place.session(), import('../../agents/deploy/status/running-rollouts.ts')]);
			return runningRollouts(cluster, place.call.options.namespace, {clock: place.host.clock, holderDied});
		},
		polled => ({rollouts: rolloutPart(polled)}),
		ofCluster,
		until,
	);
}

/** The same as on the screen of findings; those that pass or were not looked at are told there. */
function followFindings(place: Around, follow: Follow, until: AbortSignal): void {
	const {host, call} = place;
	follow(
		async signal => {
			const [{cluster, redact}, {readFindings}, {redactedFinding}] = await Promise.all([
				place.session(),
				import('./read-findings.ts'),
				import('./redacted-finding.ts'),
			]);
			const findings = await readFindings({cluster, namespace: call.options.namespace, nowMs: host.clock.now(), signal});
			return findings.map(each => redactedFinding(each, redact));
		},
		polled => ({findings: 'value' in polled ? {state: 'known', rows: polled.value} : notKnown(polled.error)}),
		ofFindings,
		until,
	);
}

/** What to do about a cluster that does not answer stands in its own row. */
const notKnown = (error: unknown) => ({state: 'failed', why: `Not known: ${oneLine(troubleOf(error).what)}`}) as const;

type Rollouts = Awaited<ReturnType<typeof import('../../agents/deploy/status/running-rollouts.ts').runningRollouts>>;

function rolloutPart(polled: Polled<Rollouts>): Home['rollouts'] {
	if ('error' in polled) return notKnown(polled.error);
	const {rollouts, notChecked} = polled.value;
	if (rollouts.length === 0 && notChecked.length > 0)
		return {state: 'failed', why: `Not known: ${notChecked.join('; ')}. See mkcoa k8s permissions`};
	return {state: 'known', rows: rollouts};
}

/** All contexts by their names, and a glance at the one that is shown. */
function followContexts(place: Around, follow: Follow, until: AbortSignal): void {
	let glance = unread;
	let contexts: Polled<readonly {readonly name: string; readonly isShown: boolean}[]> | undefined;
	const part = (): Partial<Home> => {
		if (contexts === undefined) return {};
		if ('error' in contexts) return failedPart(contexts.error);
		const rows = contexts.value.map(({name, isShown}) => ({name: oneLine(name), isShown, ...(isShown ? glance : notLookedAt)}));
		return {contexts: {state: 'known', rows}};
	};
	follow(
		async () => (await import('./known-contexts.ts')).knownContexts(place),
		polled => {
			contexts = polled;
			return part();
		},
		ofKubeconfig,
		until,
	);
	follow(
		async () => (await import('./cluster-glance.ts')).clusterGlance((await place.session()).cluster, place.call.options.namespace),
		polled => {
			glance = 'value' in polled ? polled.value : {health: 'bad', text: oneLine(troubleText(polled.error))};
			return part();
		},
		ofCluster,
		until,
	);
}

function failedPart(error: unknown): Partial<Home> {
	const {what, next, code} = troubleOf(error);
	// Who has no cluster is offered one.
	const offersSandbox = code === 'no-kubeconfig';
	return {contexts: {state: 'failed', why: oneLine(offersSandbox ? what : [what, next].join('. ')), offersSandbox}};
}
