import type {AnyTool} from '../../core/tool.ts';
import type {DeployPorts} from './ports.ts';
import {deploymentCanary} from './tools/deployment-canary.ts';
import {deploymentCreate} from './tools/deployment-create.ts';
import {deploymentRollback} from './tools/deployment-rollback.ts';
import {deploymentStatus} from './tools/deployment-status.ts';
import {deploymentUpdate} from './tools/deployment-update.ts';
import {generateK8sConfig} from './tools/generate-k8s-config.ts';

/** Tools of the deploy specialist. */
export const deployToolset: readonly AnyTool<DeployPorts>[] = [
	deploymentCanary,
	deploymentCreate,
	deploymentRollback,
	deploymentStatus,
	deploymentUpdate,
	generateK8sConfig,
];
