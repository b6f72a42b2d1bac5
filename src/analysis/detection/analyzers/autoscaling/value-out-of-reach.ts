import type {Json} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {cpuText, memoryText, quantityOf} from '../../../../core/kube/quantity.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {makesNodes} from '../../nodes-on-demand.ts';
import type {Survey} from '../../survey.ts';
import {countedOf} from './autoscaler-metrics.ts';

const amount = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

const sizeText = (resource: string, size: number) => (resource === 'cpu' ? cpuText(size) : memoryText(size));

/**
 * What one pod may use at most: the limits of its containers, or else all that the largest node has; undefined where neither tells. Whoever makes nodes when
 * they are wanted makes larger ones, too.
 */
function mostUse(containers: readonly Json[], resource: string, survey: Survey): number | undefined {
	const limits = containers.map(each => amount(valueAt(each, 'resources', 'limits', resource)));
	if (limits.length > 0 && limits.every(each => each !== undefined)) return limits.reduce((sum, each) => sum + each, 0);
	const nodes = survey.all('Node').flatMap(node => amount(valueAt(node, 'status', 'allocatable', resource)) ?? []);
	const isKnown = survey.isRead('Node') && !makesNodes(survey);
	return nodes.length === 0 || !isKnown ? undefined : Math.max(...nodes);
}

/** Below this no process lives: whoever writes it for memory means another unit. */
const leastBytes = 2 ** 20;

/** The same figure in the unit in which people write it: `350` of thousandths of a core, `200` or `200m` of mebibytes. */
const usualUnit = (resource: string, figure: string) => `${figure}${resource === 'cpu' ? 'm' : 'Mi'}`;

/** The value that was meant where only the unit is wrong: it must be one that a pod can reach, and a core is no odd amount. */
function meantValue(resource: string, value: string, most: number): string | undefined {
	const figure = /^(\d+)(?:m|M|k|G|Gi|Ti|T)?$/.exec(value)?.[1];
	const meant = figure === undefined ? undefined : usualUnit(resource, figure);
	const size = meant === undefined ? undefined : quantityOf(meant);
	const least = resource === 'cpu' ? 0.01 : 16 * leastBytes;
	return size !== undefined && size <= most && size >= least ? meant : undefined;
}

/**
 * An average per pod that no pod can use, so that none is ever added; or that each uses by merely being there, so that all of them run for ever. A tenth above
 * the target is what the controller tolerates before it adds pods.
 */
export function valueOutOfReach(scaler: KubeObject, podSpec: Json, survey: Survey): readonly Cause[] {
	const name = refText(refOf(scaler));
	return countedOf(scaler).flatMap(({metric, field, index, resource}): readonly Cause[] => {
		const value = valueAt(metric, field, 'target', 'averageValue');
		const [wanted, container] = [amount(value), textAt(metric, field, 'container')];
		const meant = listAt(podSpec, 'containers').filter(each => container === undefined || textAt(each, 'name') === container);
		const most = mostUse(meant, resource, survey);
		if (wanted === undefined || most === undefined || !['cpu', 'memory'].includes(resource)) return [];
		const isTiny = resource === 'memory' && wanted < leastBytes;
		if (most >= wanted * 1.1 && !isTiny) return [];
		const unit = meantValue(resource, String(value), most);
		const to = unit ?? sizeText(resource, most * 0.8);
		return [
			{
				id: 'autoscaler-value-out-of-reach',
				resource: refOf(scaler),
				path: `spec.metrics[${index}].${field}.target.averageValue`,
				cause: isTiny
					? {
							en: `${name} adds pods while each uses more than ${String(value)} bytes of memory, as every pod does: it always runs as many as it may`,
							ko: `${name}는 파드마다 메모리를 ${String(value)}바이트 넘게 쓰면 파드를 늘리므로 항상 최대로 늘어납니다`,
						}
					: {
							en: `${name} adds pods when each uses ${String(value)} of ${resource}, and none can use more than ${sizeText(resource, most)}: it never does`,
							ko: `${name}는 파드마다 ${resource}를 ${String(value)} 쓸 때 파드를 늘리는데 파드는 ${sizeText(resource, most)}까지만 쓸 수 있어 늘어나지 않습니다`,
						},
				evidence: [
					{source: name, detail: `averageValue ${String(value)} of ${resource}; a pod can use ${sizeText(resource, most)} at most`},
					...changeEvidence(scaler, ['spec', 'metrics']),
				],
				remedies: [
					exchange(scaler, [{path: ['spec', 'metrics', index, field, 'target', 'averageValue'], from: value, to}], {
						side: 'autoscaler',
						// Without a unit that was mistaken the amount is a guess, and one set on purpose stops an autoscaler.
						sure: unit !== undefined,
						amount: to,
						text: {
							en: `Let ${name} add pods when each uses ${to} of ${resource}`,
							ko: `${name}가 파드마다 ${resource}를 ${to} 쓸 때 파드를 늘리게 합니다`,
						},
					}),
				],
			},
		];
	});
}
