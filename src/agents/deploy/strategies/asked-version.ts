import type {JsonObject} from '../../../core/json.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Draft} from '../../../core/plan.ts';
import type {Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {onceSeen} from '../rollout/once-seen.ts';
import {nothingToRoll} from '../staged/nothing-to-roll.ts';
import {chooseJudge, type Judging} from './canary/judging/choose-judge.ts';
import {findPlain} from './rolling/find-plain.ts';
import {type NewVersion, newVersion, runsAlready} from './rolling/new-version.ts';
import type {RollingInput} from './rolling/rolling-input.ts';

/** What a person asks of any rollout of a new version that replaces the old one as a whole. */
export type AskedVersion = {
	readonly name: string;
	readonly namespace?: string | undefined;
	readonly image?: string | undefined;
	readonly manifest?: string | undefined;
	/** Judged only where this is given, or metrics are. */
	readonly interval?: string | undefined;
	readonly metrics: readonly string[];
	readonly readyWithin: string;
};

/** The beginning of a plan: the workload, its new version, and what the input says of both so far. */
type Asking = {
	readonly workload: KubeObject;
	readonly version: NewVersion;
	readonly known: Pick<RollingInput, 'kind' | 'name' | 'namespace' | 'version' | 'interval'>;
	/** Whether there is nothing to do. */
	readonly runs: boolean;
};

/** Reads what is to be rolled out. @throws as `findPlain` and `newVersion` */
export async function askedVersion(asked: AskedVersion, context: Context<DeployPorts>): Promise<Asking> {
	const {cluster} = context.ports;
	const namespace = asked.namespace ?? cluster.namespace;
	const workload = await onceSeen(await findPlain(cluster, namespace, asked.name, 'roll out'), context);
	const version = newVersion(workload, asked);
	const {kind, metadata} = workload;
	const known = {
		kind,
		name: metadata.name,
		namespace,
		version: version.imageInput ?? version.words,
		interval: asked.interval ?? '',
	};
	return {workload, version, known, runs: await runsAlready(workload, version)};
}

/** The plan where the workload runs the version already. */
export const runsIt = <More extends JsonObject>({workload, version, known}: Asking, more: More): Draft<RollingInput & More> =>
	nothingToRoll(
		workload,
		{...known, ...more, chosen: [], byPods: [], outline: {acts: [], wayBack: []}},
		`${refText(refOf(workload))} runs ${version.image} already`,
	);

export const isJudged = ({interval, metrics}: AskedVersion) => interval !== undefined || metrics.length > 0;

/** Who judges the new version and how often it looks; undefined where nobody is asked to. */
export async function askedJudge(
	asked: AskedVersion,
	workload: KubeObject,
	ports: DeployPorts,
): Promise<(Judging & {readonly every: string}) | undefined> {
	if (!isJudged(asked)) return undefined;
	return {
		...(await chooseJudge(ports, workload, {metrics: asked.metrics, service: undefined, baseline: false, mirror: false})),
		every: asked.interval ?? '60s',
	};
}
