import type {Family} from '../../diagnosis/classes/fault-class.ts';
import type {Analyzer} from '../analyzer.ts';
import {admissionFaults} from './admission/admission-faults.ts';
import {autoscalingFaults} from './autoscaling/autoscaling-faults.ts';
import {batchFaults} from './batch/batch-faults.ts';
import {configFaults} from './config/config-faults.ts';
import {controlPlaneFaults} from './control-plane/control-plane-faults.ts';
import {disruptionFaults} from './disruption/disruption-faults.ts';
import {dnsFaults} from './dns/dns-faults.ts';
import {ingressFaults} from './ingress/ingress-faults.ts';
import {lifecycleFaults} from './lifecycle/lifecycle-faults.ts';
import {networkFaults} from './network/network-faults.ts';
import {nodeFaults} from './node/node-faults.ts';
import {podFaults} from './pod/pod-faults.ts';
import {rbacFaults} from './rbac/rbac-faults.ts';
import {rolloutFaults} from './rollout/rollout-faults.ts';
import {schedulingFaults} from './scheduling/scheduling-faults.ts';
import {serviceFaults} from './service/service-faults.ts';
import {storageFaults} from './storage/storage-faults.ts';
import {tlsFaults} from './tls/tls-faults.ts';

/** The analyzer of each family. */
export const analyzers: {readonly [family in Family]: Analyzer} = {
	pod: podFaults,
	scheduling: schedulingFaults,
	node: nodeFaults,
	rollout: rolloutFaults,
	config: configFaults,
	admission: admissionFaults,
	rbac: rbacFaults,
	storage: storageFaults,
	service: serviceFaults,
	ingress: ingressFaults,
	tls: tlsFaults,
	dns: dnsFaults,
	network: networkFaults,
	autoscaling: autoscalingFaults,
	disruption: disruptionFaults,
	batch: batchFaults,
	lifecycle: lifecycleFaults,
	'control-plane': controlPlaneFaults,
};
