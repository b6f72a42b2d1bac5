import type {Intent} from '../understanding.ts';
import {canaryIntent} from './canary/canary-intent.ts';
import {envIntent} from './env/env-intent.ts';
import {imageIntent} from './image/image-intent.ts';
import {labelsIntent} from './labels/labels-intent.ts';
import {probesIntent} from './probes/probes-intent.ts';
import {resourcesIntent} from './resources/resources-intent.ts';
import {restartIntent} from './restart-intent.ts';
import {rollbackIntent} from './rollback/rollback-intent.ts';
import {scaleIntent} from './scale-intent.ts';
import {autoscalerIntent} from './settings/autoscaler-intent.ts';
import {configmapIntent} from './settings/configmap-intent.ts';
import {scheduleIntent, suspendIntent} from './settings/cron-intent.ts';
import {ingressIntent} from './settings/ingress-intent.ts';
import {quotaIntent} from './settings/quota-intent.ts';
import {storageIntent} from './storage/storage-intent.ts';
import {trafficIntent} from './traffic/traffic-intent.ts';

/** Everything that changes what exists, those with words of their own first: `scale` takes any number. */
export const changeIntents: readonly Intent[] = [
	rollbackIntent,
	canaryIntent,
	restartIntent,
	probesIntent,
	labelsIntent,
	autoscalerIntent,
	quotaIntent,
	ingressIntent,
	configmapIntent,
	storageIntent,
	resourcesIntent,
	suspendIntent,
	envIntent,
	trafficIntent,
	imageIntent,
	scheduleIntent,
	scaleIntent,
];
