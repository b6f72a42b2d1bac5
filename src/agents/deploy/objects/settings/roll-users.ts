import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {restartWrite} from '../../../../core/restart-write.ts';
import type {PredictedStep} from '../../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {AwaitedWorkload} from '../manifests/wait-for-set.ts';
import type {SettingUsers} from './setting-users.ts';

export type Rolling = {
	readonly steps: readonly PredictedStep[];
	readonly awaited: readonly AwaitedWorkload[];
	readonly notes: readonly Consequence[];
};

const isPaused = (workload: KubeObject) => valueAt(workload, 'spec', 'paused') === true;

/**
 * The steps that roll every user of a setting, one after the other. A paused one is told and left out: it would wait for ever.
 * @param writeOf what is written to roll one, a restart if left out
 */
export async function rollUsers(
	cluster: Cluster,
	{users, notChecked}: SettingUsers,
	writeOf: (workload: KubeObject) => Write = workload => restartWrite(refOf(workload), workload),
): Promise<Rolling> {
	const rolled = users.filter(workload => !isPaused(workload));
	const predictions = await Promise.all(rolled.map(workload => predict(cluster, writeOf(workload))));
	return {
		steps: predictions.map(prediction => ({title: `Roll the pods of ${refText(prediction.write.ref)}`, predictions: [prediction]})),
		awaited: rolled.map(workload => ({ref: refOf(workload), pods: 0})),
		notes: [
			...users.filter(isPaused).map(
				(workload): Consequence => ({
					id: 'paused',
					severity: 'warning',
					text: `${refText(refOf(workload))} is paused and is not rolled: its pods keep what they have`,
					ref: refOf(workload),
				}),
			),
			...notChecked.map(
				(text): Consequence => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${text}; such users are not rolled`}),
			),
		],
	};
}
