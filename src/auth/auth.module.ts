import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { Activity } from './activity';
import { AuthController } from './auth.controller';
import { PeopleController } from './people.controller';
import { Sessions } from './sessions.service';
import { SigningKeys } from './signing-keys';
import { UserGuard } from './user.guard';

@Module({
  controllers: [AuthController, PeopleController],
  providers: [SigningKeys, AccessTokens, Sessions, Activity, { provide: APP_GUARD, useClass: UserGuard }],
  exports: [Sessions, Activity],
})
export class AuthModule {}
