import type {RuleMaps} from './rule-map.ts';

/** Rules about everything else: who may do what, networks, the control plane, namespaces, storage, nodes. */
export const clusterRules: RuleMaps = {};
