import {hasApiOf} from './served-apis.ts';
import type {Survey} from './survey.ts';

/** Whether nodes come when pods want them: then there is room, and there are sizes, that nobody sees yet. */
export const makesNodes = (survey: Survey): boolean =>
	hasApiOf(survey, ['karpenter.sh', 'autoscaling.x-k8s.io']) ||
	survey.all('Node').some(({metadata}) => metadata.labels?.['karpenter.sh/nodepool'] !== undefined) ||
	survey.find('ConfigMap', 'kube-system', 'cluster-autoscaler-status') !== undefined;
