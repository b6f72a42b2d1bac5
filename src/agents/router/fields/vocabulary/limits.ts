import {type Field, field} from '../field.ts';

/** Fields of what limits and scales others: budgets, autoscalers, quotas. */
export const ofLimits: readonly Field[] = [
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.minAvailable',
		'share',
		/\bmin(?:imum)? available\b|\bat least\b.*\bavailable\b|(?:pdb|budget).*\b(?:must|should|have to|has to|at least|min\w*)\b(?!.*\bunavailable)|최소 ?가용|(?:pdb|버짓|예산).*최소 ?\d|최소 ?\d.*(?:pdb|버짓|예산)/i,
		'spec.maxUnavailable',
	),
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.maxUnavailable',
		'share',
		/\bmax(?:imum)? unavailable\b|\bat most\b.*\bunavailable\b|최대 ?(?:불가용|중단)|(?:pdb|버짓|예산).*최대 ?\d|최대 ?\d.*(?:pdb|버짓|예산)/i,
		'spec.minAvailable',
	),
	field(
		['HorizontalPodAutoscaler'],
		'object',
		'spec.behavior.scaleDown.stabilizationWindowSeconds',
		'seconds',
		/\bscal(?:es?|ing)[ -]?(?:back )?(?:down|in)\b|\bshrink\w*|\bscale-?downs?\b|\b(?:stabili[sz]ation )?window\b|(?:줄이|축소|스케일 ?다운)(?:기| ?하기)?(?: ?전)?|안정화/,
	),
	field(
		['HorizontalPodAutoscaler'],
		'object',
		'spec.behavior.scaleUp.stabilizationWindowSeconds',
		'seconds',
		/\bscal(?:es?|ing)[ -]?(?:up|out)\b|\bgrow\w*|\bscale-?ups?\b|(?:늘리|확대|스케일 ?업)(?:기| ?하기)?(?: ?전)?/,
	),
];
