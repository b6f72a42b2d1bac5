import type {AnyTool} from '../../core/tool.ts';
import type {DeployPorts} from './ports.ts';
import type {ValuePorts} from './settings/value-source.ts';
import {configmapUpdate} from './tools/configmap-update.ts';
import {deploymentAbort} from './tools/deployment-abort.ts';
import {deploymentCanary} from './tools/deployment-canary.ts';
import {deploymentCreate} from './tools/deployment-create.ts';
import {deploymentPause} from './tools/deployment-pause.ts';
import {deploymentPromote} from './tools/deployment-promote.ts';
import {deploymentResume} from './tools/deployment-resume.ts';
import {deploymentRollback} from './tools/deployment-rollback.ts';
import {deploymentStatus} from './tools/deployment-status.ts';
import {deploymentUpdate} from './tools/deployment-update.ts';
import {generateK8sConfig} from './tools/generate-k8s-config.ts';
import {secretManage} from './tools/secret-manage.ts';

/** Tools of the deploy specialist. */
export const deployToolset: readonly AnyTool<DeployPorts & ValuePorts>[] = [
	configmapUpdate,
	deploymentAbort,
	deploymentCanary,
	deploymentCreate,
	deploymentPause,
	deploymentPromote,
	deploymentResume,
	deploymentRollback,
	deploymentStatus,
	deploymentUpdate,
	generateK8sConfig,
	secretManage,
];
