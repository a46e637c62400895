import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACTION } from './user.guard';

/** No server starts with a route of which nobody knows what it does: it would be refused to everybody. */
@Injectable()
export class NamedActions implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const nameless = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const methods = metatype.prototype as Readonly<Record<string, () => unknown>>;
      const routes = this.scanner
        .getAllMethodNames(methods)
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, methods[name]!));
      return routes
        .filter((name) => this.reflector.getAllAndOverride(ACTION, [methods[name]!, metatype]) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (nameless.length > 0)
      throw new Error(`These routes need @May(…), or nobody may use them: ${nameless.join(', ')}`);
  }
}
