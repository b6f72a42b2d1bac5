import type {Analyzer} from '../../analyzer.ts';
import {gatewayClassFaults} from './gateway-classes.ts';
import {ingressClassFaults} from './ingress-classes.ts';
import {routeBackends} from './route-backends.ts';
import {routeParents} from './route-parents.ts';
import {takenRoutes} from './taken-routes.ts';
import {unservedHosts} from './unserved-hosts.ts';

/** Faults on the way in: of Ingresses, whose backends are told with what is unwell, and of the Gateway API. */
export const ingressFaults: Analyzer = survey => [
	...ingressClassFaults(survey),
	...takenRoutes(survey),
	...unservedHosts(survey),
	...gatewayClassFaults(survey),
	...routeParents(survey),
	...routeBackends(survey),
];
