import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Draft} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import {keepGood} from '../../bundle/keep-good.ts';
import {keepNow} from '../../bundle/keep-now.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {neverWhole, refuseUnsettled} from '../../rollout/half-rolled.ts';
import {missedNotes, missedServices} from '../../traffic/missed-services.ts';
import {type AskedVersion, askedJudge, askedVersion, isJudged, runsIt} from '../asked-version.ts';
import {canaryBeside} from '../canary/script/canary-beside.ts';
import {draftStrategy, mayBegin} from '../draft-strategy.ts';
import {steadyMsOf, steadyWords} from '../steady.ts';
import {compileRolling, isOnDelete} from './compile-rolling.ts';
import {politenessOf} from './polite-strategy.ts';
import {refuseJudging} from './refuse-judging.ts';
import type {RollingInput} from './rolling-input.ts';

/** What a person asks of a rolling update. */
type Asked = AskedVersion & {readonly batch?: number | undefined};

/** The plan of a rolling update of a Deployment, a StatefulSet or a DaemonSet. */
export async function planRolling(asked: Asked, context: Context<DeployPorts>): Promise<Draft<RollingInput & JsonObject>> {
	const {cluster} = context.ports;
	const asking = await askedVersion(asked, context);
	const {workload, version, known} = asking;
	// A version that is half rolled out does not run yet, whoever asks for it.
	if (asking.runs && neverWhole(workload) === undefined) return runsIt(asking, {});
	const {kind, name, namespace} = known;
	return mayBegin(workload, context, async opens => {
		refuseUnsettled(workload);
		if (asking.runs) return runsIt(asking, {});
		if (isJudged(asked)) refuseJudging(workload);
		const now = await keepNow(cluster, workload);
		const {keeping, notes: ofNow} = keepGood(workload, now, now.bundle.revision);
		const judged = await askedJudge(asked, workload, context.ports);
		const polite = kind === 'Deployment' ? politenessOf(workload, now.bundle.budgets) : undefined;
		const script = compileRolling({
			workload,
			version,
			pace: {
				batch: asked.batch,
				judgedBy: judged === undefined ? undefined : `${judged.every} by ${judged.words}`,
				withinMs: durationMs(asked.readyWithin),
				polite,
			},
		});
		return draftStrategy(context, {
			known: {...known, interval: judged?.every ?? '', chosen: judged?.chosen ?? [], byPods: judged?.byPods ?? []},
			strategy: 'rolling',
			workload,
			summary: `Rolling update of ${kind === 'Deployment' ? '' : `${kind} `}${namespace}/${name}: ${version.words}`,
			script,
			opens,
			keeping,
			notes: [
				...ofNow,
				...missedNotes(await missedServices(cluster, workload), workload, 'warning'),
				...notesOf(workload, polite?.allowed),
				...(kind === 'Deployment' ? await canaryBeside(cluster, namespace, name) : []),
			],
			verify: [
				...(judged === undefined ? [] : [`New pods are judged for ${judged.every} by ${judged.words}`, ...judged.told]),
				`Every pod of ${name} is of the new version and ready, each batch within ${asked.readyWithin}${steadyWords(isOnDelete(workload) ? 0 : steadyMsOf(workload, version.template))}; a rollout that gets stuck is taken back`,
			],
			undo: `mkcoa undo sets ${name} back to what it was, by another rollout; so does mkcoa deploy rollback`,
		});
	});
}

function notesOf({metadata: {name}}: KubeObject, allowed: number | undefined): readonly Consequence[] {
	if (allowed === undefined) return [];
	const text = `The strategy of ${name} would take more pods away at once than its PodDisruptionBudget lets go: it is kept to ${allowed} for as long as this lasts`;
	return [{id: 'budget-kept', severity: 'info', text}];
}
