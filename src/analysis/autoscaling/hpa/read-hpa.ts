import type {Json} from '../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../core/kube/quantity.ts';
import type {GivenBehavior, GivenRules, Policy} from './behavior.ts';
import type {Condition} from './conditions.ts';
import type {HpaSpec, MetricSpec, Target} from './hpa-spec.ts';
import {milliUnits} from './milli-units.ts';

/** What the server takes where no metric is given. */
const cpuAtEighty: MetricSpec = {type: 'Resource', resource: 'cpu', target: {type: 'Utilization', averageUtilization: 80}};

function targetIn(source: Json): Target {
	const target = objectAt(source, 'target');
	return {
		type: textAt(target, 'type'),
		averageUtilization: numberAt(target, 'averageUtilization'),
		averageValue: milliUnits(target.averageValue),
		value: milliUnits(target.value),
	};
}

function metricIn(metric: Json): MetricSpec {
	const type = textAt(metric, 'type') ?? '';
	const source = objectAt(metric, type.charAt(0).toLowerCase() + type.slice(1));
	const target = targetIn(source);
	const name = textAt(source, 'metric', 'name') ?? '';
	const resource = textAt(source, 'name') ?? '';
	switch (type) {
		case 'Resource':
			return {type, resource, target};
		case 'ContainerResource':
			return {type, resource, container: textAt(source, 'container') ?? '', target};
		case 'Pods':
		case 'External':
			return {type, metric: name, target};
		case 'Object':
			return {type, metric: name, kind: textAt(source, 'describedObject', 'kind') ?? '', target};
		default:
			return {type: 'Unknown', given: type};
	}
}

const policyIn = (policy: Json): Policy => ({
	type: textAt(policy, 'type') === 'Percent' ? 'Percent' : 'Pods',
	value: numberAt(policy, 'value') ?? 0,
	periodSeconds: numberAt(policy, 'periodSeconds') ?? 0,
});

function rulesIn(rules: Json | undefined): GivenRules | undefined {
	if (rules === undefined || rules === null) return undefined;
	const select = textAt(rules, 'selectPolicy');
	const tolerance = valueAt(rules, 'tolerance');
	return {
		stabilizationWindowSeconds: numberAt(rules, 'stabilizationWindowSeconds'),
		selectPolicy: select === 'Min' || select === 'Max' || select === 'Disabled' ? select : undefined,
		policies: valueAt(rules, 'policies') === undefined ? undefined : listAt(rules, 'policies').map(policyIn),
		tolerance: typeof tolerance === 'string' || typeof tolerance === 'number' ? quantityOf(tolerance) : undefined,
	};
}

const behaviorIn = (behavior: Json): GivenBehavior => ({
	scaleUp: rulesIn(valueAt(behavior, 'scaleUp')),
	scaleDown: rulesIn(valueAt(behavior, 'scaleDown')),
});

/** What a HorizontalPodAutoscaler (autoscaling/v2) says. */
export function readHpa({spec}: KubeObject): HpaSpec {
	const metrics = listAt(spec, 'metrics').map(metricIn);
	const behavior = valueAt(spec, 'behavior');
	return {
		minReplicas: numberAt(spec, 'minReplicas'),
		maxReplicas: numberAt(spec, 'maxReplicas') ?? 0,
		metrics: metrics.length > 0 ? metrics : [cpuAtEighty],
		behavior: behavior === undefined || behavior === null ? undefined : behaviorIn(behavior),
	};
}

const conditionTypes: readonly string[] = ['AbleToScale', 'ScalingActive', 'ScalingLimited', 'ScaledToZero'] satisfies Condition['type'][];
const isConditionType = (type: string | undefined): type is Condition['type'] => type !== undefined && conditionTypes.includes(type);

/** The conditions that its status has. */
export const readConditions = ({status}: KubeObject): readonly Condition[] =>
	listAt(status, 'conditions').flatMap(condition => {
		const type = textAt(condition, 'type');
		if (!isConditionType(type)) return [];
		const [reason, message] = [textAt(condition, 'reason') ?? '', textAt(condition, 'message') ?? ''];
		return [{type, status: textAt(condition, 'status') === 'True', reason, message}];
	});
