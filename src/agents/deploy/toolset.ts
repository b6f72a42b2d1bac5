import type {AnyTool} from '../../core/tool.ts';
import type {ControlledBackend} from './backends/backend.ts';
import {rollbackControl} from './backends/change-back.ts';
import {blueGreenControl, versionControl} from './backends/change-version.ts';
import {type Asked, onControllers} from './backends/on-controllers.ts';
import type {ValuePorts} from './objects/settings/value-source.ts';
import type {ObservationPorts} from './optimize/observation-ports.ts';
import type {DeployPorts} from './ports.ts';
import {analyzeEnvironment} from './tools/analyze-environment.ts';
import {configmapUpdate} from './tools/configmap-update.ts';
import {deploymentAbort} from './tools/deployment-abort.ts';
import {deploymentBlueGreen} from './tools/deployment-blue-green.ts';
import {deploymentCanary} from './tools/deployment-canary.ts';
import {deploymentCreate} from './tools/deployment-create.ts';
import {deploymentPause} from './tools/deployment-pause.ts';
import {deploymentPromote} from './tools/deployment-promote.ts';
import {deploymentResume} from './tools/deployment-resume.ts';
import {deploymentRollback} from './tools/deployment-rollback.ts';
import {deploymentStatus} from './tools/deployment-status.ts';
import {deploymentUpdate} from './tools/deployment-update.ts';
import {generateK8sConfig} from './tools/generate-k8s-config.ts';
import {ingressConfigure} from './tools/ingress-configure.ts';
import {optimizeResources} from './tools/optimize-resources.ts';
import {secretManage} from './tools/secret-manage.ts';
import {serviceCreate} from './tools/service-create.ts';

const toVersion = async (backend: ControlledBackend, asked: Asked) => versionControl(backend, asked);

/** Tools of the deploy specialist. */
export const deployToolset: readonly AnyTool<DeployPorts & ObservationPorts & ValuePorts>[] = [
	analyzeEnvironment,
	configmapUpdate,
	deploymentAbort,
	onControllers(deploymentBlueGreen, async (backend, asked) => blueGreenControl(backend, asked)),
	onControllers(deploymentCanary, toVersion),
	deploymentCreate,
	deploymentPause,
	deploymentPromote,
	deploymentResume,
	onControllers(deploymentRollback, async (backend, {to}, {ports}) => rollbackControl(ports.cluster, backend, to)),
	deploymentStatus,
	onControllers(deploymentUpdate, toVersion),
	generateK8sConfig,
	ingressConfigure,
	optimizeResources,
	secretManage,
	serviceCreate,
];
