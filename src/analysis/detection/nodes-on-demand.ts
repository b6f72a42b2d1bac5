import {textAt} from '../../core/kube/json-at.ts';
import type {Survey} from './survey.ts';

/** Groups in which Karpenter and Cluster Autoscaler are told what nodes to make. */
const makers = new Set(['karpenter.sh', 'autoscaling.x-k8s.io']);

/** Whether new nodes come by themselves: then there is room that nobody sees yet, and there are labels that no node has at the moment. */
export const growsByItself = (survey: Survey): boolean =>
	survey.all('Node').some(({metadata}) => metadata.labels?.['karpenter.sh/nodepool'] !== undefined) ||
	survey.all('CustomResourceDefinition').some(each => makers.has(textAt(each, 'spec', 'group') ?? '')) ||
	survey.find('ConfigMap', 'kube-system', 'cluster-autoscaler-status') !== undefined;
