import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {at, type Column, column, counted, textOf} from './column.ts';

export const limitColumns: readonly Column[] = [
	column(['HorizontalPodAutoscaler'], 'target|대상', 'target scale 대상', object => [
		`${textAt(object, 'spec', 'scaleTargetRef', 'kind')} ${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
	]),
	counted(
		['HorizontalPodAutoscaler'],
		'minimum|최소',
		'min minimum least minreplicas lower_bound floor bound 최소 하한',
		'spec.minReplicas',
	),
	counted(
		['HorizontalPodAutoscaler'],
		'maximum|최대',
		'max maximum most maxreplicas upper_bound ceiling cap bound 최대 상한',
		'spec.maxReplicas',
	),
	column(
		['HorizontalPodAutoscaler'],
		'metrics|지표',
		'metric target utilization utilisation cpu memory threshold percent percentage 지표 목표 사용률 임계',
		object =>
			listAt(object, 'spec', 'metrics').map(each => {
				const source = valueAt(each, 'resource') ?? valueAt(each, 'pods') ?? valueAt(each, 'object') ?? valueAt(each, 'external') ?? {};
				const target = valueAt(source, 'target');
				const share = numberAt(target, 'averageUtilization');
				return `${textAt(source, 'name') ?? textAt(source, 'metric', 'name') ?? ''} ${share === undefined ? textOf(valueAt(target, 'averageValue') ?? valueAt(target, 'value')).join('') : `${share}%`}`;
			}),
	),
	column(
		['PodDisruptionBudget'],
		'minAvailable|최소 가용',
		'min minimum minavailable least available keep 최소',
		at('spec', 'minAvailable'),
	),
	column(
		['PodDisruptionBudget'],
		'maxUnavailable|최대 불가용',
		'max maximum maxunavailable most unavailable 최대',
		at('spec', 'maxUnavailable'),
	),
	column(['PodDisruptionBudget'], 'selector|셀렉터', 'selector select cover protect 셀렉터', at('spec', 'selector', 'matchLabels')),
	counted(
		['PodDisruptionBudget'],
		'disruptions allowed|허용 중단',
		'disruption allowed evict eviction 허용 중단',
		'status.disruptionsAllowed',
	),
	column(
		['ResourceQuota'],
		'hard limits|한도',
		'limit hard quota allow allowed cap maximum max pod cpu memory 한도 제한 상한',
		at('spec', 'hard'),
	),
	column(['ResourceQuota'], 'used|사용', 'used use usage left free remaining 사용 남은', at('status', 'used')),
	column(['LimitRange'], 'limits|제한', 'limit default request max min 제한 기본값', object =>
		listAt(object, 'spec', 'limits').flatMap(each =>
			['default', 'defaultRequest', 'max', 'min'].flatMap(field => textOf(valueAt(each, field)).map(one => `${field} ${one}`)),
		),
	),
];
