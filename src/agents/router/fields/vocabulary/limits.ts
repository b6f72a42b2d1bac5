import {type Field, field} from '../field.ts';

/** Fields of what limits and scales others: budgets, autoscalers, quotas. */
export const ofLimits: readonly Field[] = [
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.minAvailable',
		'share',
		/\bmin(?:imum)? ?available\b|(?<!un)\bavailable\b|\b(?:stays?|remain|keep|kept|up|running|alive|survive)\b(?! to\b)|(?<!불)가용|(?:살아|떠|남아)(?: ?있)?|\bat least\b.*\bavailable\b|(?:pdb|budget).*\b(?:must|should|have to|has to|at least|min(?:imum)?)\b(?!.*\b(?:unavailable|down(?! to\b)|gone|missing|evicted|out|offline|away|disrupted|lost|lose|allow|permit|tolerate)\b)|최소 ?가용|(?:pdb|버짓|예산).*최소 ?\d|최소 ?\d.*(?:pdb|버짓|예산)/i,
		'spec.maxUnavailable',
	),
	field(
		['PodDisruptionBudget'],
		'object',
		'spec.maxUnavailable',
		'share',
		/\bmax(?:imum)? unavailable\b|\bunavailable\b|\b(?:down(?! to\b)|gone|missing|evicted|out|offline|away|lost|disrupted)\b(?: at (?:once|a time))?|(?:pdb|budget).*\b(?:allow|permit|tolerate)s?\b(?!.*\bavailable\b)|불가용|(?:내려가|빠져|빠지|중단|축출)(?:도|되|돼|될)?|\bat most\b.*\bunavailable\b|최대 ?(?:불가용|중단)|(?:pdb|버짓|예산).*최대 ?\d|최대 ?\d.*(?:pdb|버짓|예산)/i,
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
