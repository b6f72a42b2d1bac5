import type {RuleMaps} from './rule-map.ts';

/** Rules about pods and what runs them: containers, images, what they mount, secrets in the open. */
export const workloadRules: RuleMaps = {
	'rule-privileged-container': {checks: ['privileged-container']},
};
