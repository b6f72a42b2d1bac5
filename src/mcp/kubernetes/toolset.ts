import type {AnyTool} from '../../core/tool.ts';
import type {Cluster} from './port.ts';
import {apiResourcesList} from './tools/api-resources-list.ts';
import {contextsList} from './tools/contexts-list.ts';
import {eventsList} from './tools/events-list.ts';
import {namespacesList} from './tools/namespaces-list.ts';
import {permissionsCheck} from './tools/permissions-check.ts';
import {podLogs} from './tools/pod-logs.ts';
import {resourceDescribe} from './tools/resource-describe.ts';
import {resourceGet} from './tools/resource-get.ts';
import {resourceList} from './tools/resource-list.ts';
import {resourceUsage} from './tools/resource-usage.ts';
import {rolloutHistory} from './tools/rollout-history.ts';

/** The tools of the Kubernetes server. */
export const kubernetesToolset: readonly AnyTool<{readonly cluster: Cluster}>[] = [
	resourceList,
	resourceGet,
	resourceDescribe,
	podLogs,
	eventsList,
	resourceUsage,
	rolloutHistory,
	contextsList,
	namespacesList,
	apiResourcesList,
	permissionsCheck,
];
