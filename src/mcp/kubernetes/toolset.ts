import type {AnyTool} from '../../core/tool.ts';
import type {Cluster} from './port.ts';
import {apiResourcesList} from './tools/api-resources-list.ts';
import {contextsList} from './tools/contexts-list.ts';
import {eventsList} from './tools/events-list.ts';
import {namespacesList} from './tools/namespaces-list.ts';
import {nodeCordon} from './tools/node-cordon.ts';
import {nodeDrain} from './tools/node-drain.ts';
import {permissionsCheck} from './tools/permissions-check.ts';
import {podEvict} from './tools/pod-evict.ts';
import {podExec} from './tools/pod-exec.ts';
import {podLogs} from './tools/pod-logs.ts';
import {resourceApply} from './tools/resource-apply.ts';
import {resourceDelete} from './tools/resource-delete.ts';
import {resourceDescribe} from './tools/resource-describe.ts';
import {resourceGet} from './tools/resource-get.ts';
import {resourceList} from './tools/resource-list.ts';
import {resourcePatch} from './tools/resource-patch.ts';
import {resourceUsage} from './tools/resource-usage.ts';
import {rolloutHistory} from './tools/rollout-history.ts';
import {workloadRestart} from './tools/workload-restart.ts';
import {workloadScale} from './tools/workload-scale.ts';

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
	resourceApply,
	resourcePatch,
	workloadScale,
	workloadRestart,
	nodeCordon,
	resourceDelete,
	podEvict,
	nodeDrain,
	podExec,
];
