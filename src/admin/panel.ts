import {
  AbstractLoader,
  AdminModule as AdminJsModule,
  type AdminModuleFactory,
  type CustomLoader,
} from '@adminjs/nestjs';
import { Injectable } from '@nestjs/common';
import type { LazyModuleLoader } from '@nestjs/core';
import AdminJS, {
  ApiController,
  AppController,
  Router,
  type ActionRequest,
  type CurrentAdmin,
} from 'adminjs';
import { AppError } from '../common/errors/app-error.js';
import { panelOptions } from './panel-options.js';
import type { PanelList } from './lists/panel-list.js';
import { PANEL_LISTS, PanelModule } from './panel.module.js';

export type Call = 'resourceAction' | 'recordAction' | 'dashboard';

/** AdminJS, ready: its one page, and the calls that page makes. */
export class Panel {
  constructor(private readonly admin: AdminJS) {}

  /** The page: every address of the panel shows it, and it draws what the address asks for. */
  page(currentAdmin: CurrentAdmin): Promise<string> {
    return new AppController({ admin: this.admin }, currentAdmin).index();
  }

  /**
   * Throws `not_found` for a resource or an action there is not, and for a record's action asked of
   * a whole resource.
   */
  async call(call: Call, request: ActionRequest, currentAdmin: CurrentAdmin): Promise<unknown> {
    const controller = new ApiController({ admin: this.admin }, currentAdmin);
    if (call !== 'dashboard') this.checkAction(call, request.params);
    return controller[call](request, null);
  }

  /**
   * Where AdminJS ships a file of its page: always the bundle for production, for the other ones
   * weigh 25 MB.
   */
  file(name: string): string {
    const asset = Router.assets.find(({ path }) => path === `/frontend/assets/${name}`);
    if (!asset) throw new Error(`AdminJS has no ${name} any more.`);
    return asset.src.replace(/\.development\.js$/, '.production.js');
  }

  private checkAction(call: Call, { resourceId, action: name }: ActionRequest['params']): void {
    const decorated = this.admin.resources
      .map((resource) => resource.decorate())
      .find((candidate) => candidate.id() === resourceId);
    const action =
      decorated && Object.hasOwn(decorated.actions, name) ? decorated.actions[name] : undefined;
    if (!action || !(call === 'recordAction' ? action.isRecordType() : action.isResourceType()))
      throw new AppError('not_found');
  }
}

/**
 * Lets @adminjs/nestjs build AdminJS from our options, as a module Nest loads lazily; Nest runs no
 * hooks of such modules, so we do. Nothing is bundled: the panel's few components are plain
 * JavaScript (static/components.js), so AdminJS' watcher, which it starts outside production and
 * which would write a folder and run a bundler, has nothing to watch and is left out.
 */
export async function loadPanel(modules: LazyModuleLoader): Promise<Panel> {
  const lists = (await modules.load(() => PanelModule)).get<PanelList[]>(PANEL_LISTS);
  AdminJS.prototype.watch = () => Promise.resolve() as Promise<never>;
  const built: AdminJS[] = [];

  @Injectable()
  class Loader extends AbstractLoader {
    override register(admin: AdminJS): void {
      built.push(admin);
    }
  }
  const options: AdminModuleFactory & CustomLoader = {
    useFactory: () => ({ adminJsOptions: panelOptions(lists) }),
    customLoader: Loader,
  };
  const loaded = await modules.load(() => AdminJsModule.createAdminAsync(options));
  await loaded.get(AdminJsModule).onModuleInit();
  const [admin] = built;
  if (!admin) throw new Error('AdminJS was not built.');
  return new Panel(admin);
}
