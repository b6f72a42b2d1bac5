import type {ControlPlane} from './control-plane.ts';
import {applyManifests} from './manifests.ts';

/** Adds the kinds of the Gateway API's standard channel, HTTPRoute among them. Nothing carries the traffic of their routes. */
export const addGatewayApi = (plane: ControlPlane) => applyManifests(plane, 'gateway-api');
