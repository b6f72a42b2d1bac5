import type {Analyzer} from '../../analyzer.ts';
import {annotatedSecrets} from './annotated-secrets.ts';
import {backendProtocols} from './backend-protocols.ts';
import {calledPaths} from './called-paths.ts';
import {gatewayClassFaults} from './gateway-classes.ts';
import {hostsWithoutTls} from './hosts-without-tls.ts';
import {ingressClassFaults} from './ingress-classes.ts';
import {ingressControllers} from './ingress-controllers.ts';
import {loneCanaries} from './lone-canaries.ts';
import {rewriteFaults} from './rewrite-groups.ts';
import {routeBackends} from './route-backends.ts';
import {routeParents} from './route-parents.ts';
import {takenRoutes} from './taken-routes.ts';
import {unservedHosts} from './unserved-hosts.ts';
import {weightlessRoutes} from './weightless-routes.ts';

/** Faults on the way in: of Ingresses, whose backends are told with what is unwell, and of the Gateway API. */
export const ingressFaults: Analyzer = survey => [
	...ingressClassFaults(survey),
	...ingressControllers(survey),
	...takenRoutes(survey),
	...calledPaths(survey),
	...annotatedSecrets(survey),
	...unservedHosts(survey),
	...rewriteFaults(survey),
	...backendProtocols(survey),
	...loneCanaries(survey),
	...hostsWithoutTls(survey),
	...gatewayClassFaults(survey),
	...routeParents(survey),
	...routeBackends(survey),
	...weightlessRoutes(survey),
];
