import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../cluster.ts';
import {fromStored} from '../encode/convert.ts';
import {shapeFor, wantedForm} from '../encode/shape.ts';
import type {TableMaker} from '../encode/table.ts';
import {listPage, selection} from '../read/list.ts';
import {watchStream} from '../read/watch.ts';
import type {Resource} from '../resource.ts';
import {currentObject} from '../write/update.ts';
import {type Answer, jsonAnswer} from './answer.ts';
import type {ApiRequest} from './request.ts';
import type {ResourceRequest} from './request-info.ts';

/** get, list and watch of whole objects. */
export function answerRead(cluster: Cluster, table: TableMaker, resource: Resource, info: ResourceRequest, request: ApiRequest): Answer {
	const {query} = request;
	const shape = shapeFor(wantedForm(request, info.verb !== 'get'), resource, table);
	const convert = (object: KubeObject) => fromStored(resource, object);
	if (info.verb === 'get') return jsonAnswer(shape.one(convert(currentObject(cluster, resource, info.namespace, info.name ?? ''))));
	if (info.verb === 'watch') {
		const isSelected = selection(resource, info.namespace, info.name, query);
		return watchStream(cluster, {resource, isSelected, query, write: shape.stream(), convert});
	}
	const {items, metadata} = listPage(cluster, resource, info.namespace, query);
	return jsonAnswer(shape.many(items.map(convert), metadata));
}
