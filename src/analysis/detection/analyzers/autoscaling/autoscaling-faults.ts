import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {autoscalerCauses} from '../../../diagnosis/autoscaler-causes.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeOf} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {atMaximum, maximumLowered, mayNotGrow} from './autoscaler-bounds.ts';
import {measuredContainer, shareOutOfReach} from './autoscaler-metrics.ts';
import {metricsApi} from './metrics-api.ts';
import {sharedTargets} from './shared-target.ts';
import {describedObject, slowGrowth} from './slow-growth.ts';
import {strangerPods} from './stranger-pods.ts';
import {valueOutOfReach} from './value-out-of-reach.ts';

/** What its manifest alone tells; what the controller says of itself is told with what is not well. */
const bySpec = new Set(['autoscaler-target-not-there', 'autoscaler-without-requests']);

function causesOf(scaler: KubeObject, survey: Survey): readonly Cause[] {
	const {namespace = ''} = scaler.metadata;
	const workload = survey.find(
		textAt(scaler, 'spec', 'scaleTargetRef', 'kind') ?? '',
		namespace,
		textAt(scaler, 'spec', 'scaleTargetRef', 'name') ?? '',
	);
	const ofManifest = autoscalerCauses({...caseOf(scaler, survey.scene(namespace)), scalers: [scaler]}).filter(({id}) => bySpec.has(id));
	if (workload === undefined) return ofManifest;
	const podSpec = podSpecOf(workload);
	return [
		...ofManifest,
		...measuredContainer(scaler, podSpec, () => changeOf(caseOf(workload, survey.scene(namespace)))?.earlier.template),
		...shareOutOfReach(scaler, podSpec),
		...valueOutOfReach(scaler, podSpec, survey),
		...strangerPods(scaler, workload, survey),
		...metricsApi(scaler, podSpec, survey),
		...maximumLowered(scaler, workload, survey),
		...mayNotGrow(scaler),
		...slowGrowth(scaler, survey),
		...describedObject(scaler, survey),
		...atMaximum(scaler, workload, survey),
	];
}

/** Why autoscalers do not scale, or scale wrongly. */
export const autoscalingFaults: Analyzer = survey =>
	survey.namespaces.flatMap(namespace => [
		...survey.all('HorizontalPodAutoscaler', namespace).flatMap(scaler => causesOf(scaler, survey)),
		...sharedTargets(survey, namespace),
	]);
