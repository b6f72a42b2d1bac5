import type {KindRule} from '../kind-rule.ts';
import {promotionRules} from './promotion.ts';
import {rolloutHealth} from './rollout.ts';

const unreconciled = (work: string) => `Waiting for ${work} to finish: status has not been reconciled.`;

/** Argo Rollouts, Argo Workflows and GitOps Promoter. */
export const argoRules: readonly KindRule[] = [
	{kinds: 'argoproj.io/Rollout', read: rolloutHealth},
	{
		kinds: 'argoproj.io/AnalysisRun',
		when: [
			['status.phase=Error', 'Degraded', '{status.message||Analysis run had an error}'],
			['status.phase=Inconclusive', 'Unknown', '{status.message||Analysis run was inconclusive}'],
		],
		says: {
			'no-status': unreconciled('analysis run'),
			Healthy: '{status.message||Analysis run completed successfully}',
			Degraded: '{status.message||Analysis run failed}',
			Progressing: 'Analysis run is running',
		},
	},
	{
		kinds: 'argoproj.io/Experiment',
		when: [
			['status.phase=Error', 'Degraded', 'Experiment had an error'],
			['status.phase=Pending', 'Progressing', 'Experiment is pending'],
			// Its conditions tell of the replica sets, and go on after the verdict.
			['status.phase=Successful', 'Healthy', 'Experiment is successful'],
		],
		says: {'no-status': unreconciled('experiment'), Degraded: 'Experiment has failed', Progressing: 'Experiment is running'},
	},
	{kinds: 'argoproj.io/CronWorkflow', says: {Healthy: '{message||CronWorkflow is healthy.}'}},
	...promotionRules,
];
